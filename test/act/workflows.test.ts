import { beforeAll, describe, expect, test } from 'vitest';
import { findAct, findGiteaRunner, linesOf, type Runner, runWorkflow, type WorkflowRun } from './run-workflow.js';

const runners = { act: await findAct(), "Gitea's runner": await findGiteaRunner() };
const hub = 'arn:aws:iam::111111111111:role/ci-hub';
const spokes = ['222222222222', '333333333333'].map((account) => `arn:aws:iam::${account}:role/deploy`);

describe.for(Object.entries(runners))('the local workflow under %s', ([, runner]) => {
  describe.skipIf(runner === undefined)('when it can be installed', () => {
    let run: WorkflowRun;
    beforeAll(async () => {
      run = await runWorkflow(runner as Runner, '.github/workflows/local.yml');
    });

    test('every job succeeds', () => {
      const names = ['access-keys', 'matrix-1', 'matrix-2', 'nested', 'oidc-chain', 'outputs', 'refresh', 'refused'];
      expect(run.jobs, run.log).toEqual(Object.fromEntries([...names, 'targets'].map((name) => [name, 'succeeded'])));
      expect(run.exitCode).toBe(0);
    });

    test('later steps have the identity that each job requested, according to STS', () => {
      const asked = run.requests.filter(({ operation }) => operation === 'GetCallerIdentity');
      const callers = asked.map(({ callerArn = '' }) => callerArn.replace(/:assumed-role\//, ' '));
      const steps = [`${sts('222222222222')} deploy/run-1`, `${sts('111111111111')} ci-hub/GitHubActions`];
      const deployments = spokes.map((arn) => `${sts(arn.split(':')[4] ?? '')} deploy/GitHubActions`);
      expect(new Set(callers)).toEqual(new Set([...steps, ...deployments, 'arn:aws:iam::111111111111:user/ci-bot']));
    });

    test('each target of the matrix is a job, and all targets of a step share the first hop', () => {
      const walked = run.requests.filter(({ status }) => status === 200).map(({ parameters }) => parameters.RoleArn);
      const count = (arn: string) => walked.filter((one) => one === arn).length;
      // Two jobs of the matrix, and one each of oidc-chain, access-keys, targets, refresh, refused and nested.
      expect(count(hub)).toBe(8);
      expect(spokes.map(count)).toEqual([5, 2]);
    });

    test('outputs reach the second job', () => {
      const arn = 'arn:aws:sts::222222222222:assumed-role/deploy/run-1';
      expect(linesOf(run, 'outputs').join('\n')).toMatch(new RegExp(`the other job was ${arn} until 20[\\dT:-]+Z`));
    });

    test('a secret that a later step prints is masked, and the log contains no key or token', () => {
      expect(linesOf(run, 'oidc-chain')).toContain('| the secret is ***.');
      expect(run.log).not.toMatch(/ASIA[A-Z0-9]{16}/);
      expect(run.log).not.toMatch(/IQoJb3Jp|eyJ[\w-]+\.eyJ/);
      expect(run.log).not.toMatch(/AWS_SECRET_ACCESS_KEY=(?!\*\*\*|$)\S/m);
    });

    test('a chain that AWS refuses is reported with hop, roles and code, leaves nothing, and its post still runs', () => {
      const log = linesOf(run, 'refused').join('\n');
      expect(log).toMatch(
        /Hop 2 of 2[\s\S]*assumed-role\/ci-hub\/GitHubActions[\s\S]*role\/audited[\s\S]*AccessDenied/,
      );
      expect(log).toMatch(/::error title=.*Hop 2 of 2/);
      expect(log).toContain('Failed but continue next step');
      expect(log).toMatch(/Run Post \.\/\n[\s\S]*Nothing to restore\.[\s\S]*Success - Post \.\//);
    });

    test('posts run in reverse order, and each restores what its step replaced', () => {
      const log = linesOf(run, 'nested').join('\n');
      const [, inner = '', outer = ''] = log.split(/Run Post the (?:inner|outer) one/);
      expect(log.indexOf('Run Post the inner one')).toBeLessThan(log.indexOf('Run Post the outer one'));
      expect(inner).toMatch(/AWS_REGION=eu-west-1$/m);
      expect(inner).toMatch(/AWS_SESSION_TOKEN=\*\*\*$/m);
      expect(outer).toMatch(/AWS_REGION=$/m);
      expect(outer).toMatch(/AWS_SESSION_TOKEN=$/m);
    });

    test('no profile is left', () => {
      expect(linesOf(run, 'targets').join('\n')).toMatch(/\[profile production\].*as before the step/);
      expect(run.awsFiles).toBe('');
    });
  });
});

describe.skipIf(runners.act === undefined)('the action by its name under act', () => {
  test('runs from the folder that replaces org/assume-role@v1', async () => {
    const run = await runWorkflow(runners.act as Runner, 'test/act/by-name.yml');
    expect(run.jobs, run.log).toEqual({ deploy: 'succeeded', check: 'succeeded' });
    expect(linesOf(run, 'deploy')).toContain('| the account is 333333333333 and the key ***');
    expect(linesOf(run, 'check')).toContain('| the other job was in 333333333333');
  });
});

function sts(account: string): string {
  return `arn:aws:sts::${account}`;
}
