import { describe, expect, test } from 'vitest';
import { findAct, findGiteaRunner, linesOf, type Runner, runWorkflow } from './run-workflow.js';

const runners = { act: await findAct(), "Gitea's runner": await findGiteaRunner() };

describe.for(Object.entries(runners))('a dry run and its matrix under %s', ([, runner]) => {
  test.skipIf(runner === undefined)('one job deploys to each target that the dry run selected', async () => {
    const run = await runWorkflow(runner as Runner, 'test/act/plan.yml');
    expect(run.jobs, run.log).toEqual({ plan: 'succeeded', 'deploy-1': 'succeeded', 'deploy-2': 'succeeded' });
    expect(run.log).toContain('The output matrix has 2 entries.');
    const deployments = [1, 2].map((number) => linesOf(run, `deploy-${number}`).join('\n'));
    expect(deployments[0]).toContain('staging in eu-west-1 has 1 replicas');
    expect(deployments[1]).toContain('production in eu-central-1 has 3 replicas');
    const walked = run.requests.flatMap(({ parameters, status }) => (status === 200 ? (parameters.RoleArn ?? []) : []));
    expect(walked.filter((arn) => arn.endsWith(':role/deploy')).sort()).toEqual(
      ['222222222222', '333333333333'].map((account) => `arn:aws:iam::${account}:role/deploy`),
    );
  });
});
