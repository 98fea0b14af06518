import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { awsCdk } from '../../scripts/tools/npm-tools.js';
import { findTool } from '../../scripts/tools/tool.js';
import { serveDocker } from '../support/docker-daemon.js';
import { deploy, production } from '../support/example-world.js';
import { blocksUnder, readPage } from '../support/page-blocks.js';
import { serve } from '../support/servers.js';
import { openStage, type Stage, session } from '../support/stage.js';
import { findClients } from './clients.js';
import { startMoto } from './moto.js';
import { find, works } from './programs.js';

type Variables = Readonly<Record<string, string>>;

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Variables;
  readonly with?: Variables;
}

const page = readPage('recipes.md');
const moto = await startMoto();
afterAll(() => moto?.close());
const url = moto?.url ?? '';
const aws = find('aws');
const hasCli = works(aws, ['--version']);

const has = (program: string, ...args: readonly string[]): boolean => {
  const there = hasCli && works(find(program), args);
  if (!there) {
    console.log(`Skipped, because this machine has no ${program} or no AWS CLI.`);
  }
  return there;
};

/** The steps in the YAML blocks under a heading. */
const stepsUnder = (heading: string) =>
  blocksUnder(page, heading, 'yaml').flatMap((block) => load(block) as readonly Step[]);

/** The inputs of the step under a heading, or of the page's first step. */
function inputsUnder(heading?: string): Variables {
  const [first] = blocksUnder(page.replace(/^# /m, '## '), 'Recipes', 'yaml');
  const steps = heading === undefined ? (load(first) as { steps: readonly Step[] }).steps : stepsUnder(heading);
  const inputs = steps.find(({ uses }) => uses?.startsWith('org/assume-role@'))?.with ?? {};
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, String(value)]));
}

const openRecipe = (environment: Variables = {}): Promise<Stage> =>
  openStage({ environment: { ...(url && { AWS_ENDPOINT_URL: url }), ...environment } });

/** Runs the page's script of that name; it must exit with 0. */
function scriptOf(heading: string, name: string): string {
  return stepsUnder(heading).find((step) => step.name === name)?.run ?? '';
}

async function runScript(stage: Stage, script: string, env: Variables = {}): Promise<string> {
  const command = { command: find('bash'), args: ['-eo', 'pipefail', '-c', script] };
  const step = await stage.job.run(command, { env: { PATH: process.env.PATH ?? '', ...env }, timeoutMs: 60_000 });
  expect(step.exitCode, step.log).toBe(0);
  return step.stdout;
}

describe('docs/recipes.md', () => {
  beforeEach(async () => void (moto && (await fetch(`${url}/moto-api/reset`, { method: 'POST' }))));

  test.skipIf(moto === undefined || !has('docker', '--version'))('logs Docker in to ECR', async () => {
    const registry = await serve(({ headers: { authorization } }, response) => {
      response.writeHead(authorization ? 200 : 401, { 'www-authenticate': 'Basic realm="ECR"' }).end('{}');
    });
    const stage = await openRecipe();
    await stage.succeeds(inputsUnder());
    const REGISTRY = new URL(registry.url).host;
    await runScript(stage, scriptOf('Log in to ECR', 'Log in to ECR'), { REGISTRY, DOCKER_HOST: 'tcp://127.0.0.1:1' });
    const { authorization = '' } = registry.requests.at(-1)?.headers ?? {};
    expect(Buffer.from(authorization.replace('Basic ', ''), 'base64').toString()).toMatch(/^AWS:.+-auth-token$/);
    expect(stage.job.environment.DOCKER_CONFIG).toBe(join(stage.job.environment.RUNNER_TEMP ?? '', 'docker'));
  });

  test.skipIf(moto === undefined || !has('kubectl', 'version', '--client'))(
    'configures kubectl for a cluster',
    async () => {
      const stage = await openRecipe();
      await stage.succeeds(inputsUnder());
      const create = `aws eks create-cluster --name payments --role-arn ${deploy} --resources-vpc-config subnetIds=a,b`;
      await runScript(stage, create);
      await runScript(stage, scriptOf('kubectl in EKS', 'Point kubectl at the cluster'));
      const { KUBECONFIG = '' } = stage.job.environment;
      // moto's cluster has no reachable address, so the test runs the command that kubectl would run for a token.
      const view = JSON.parse(await runScript(stage, 'kubectl config view --raw --output json'));
      const { command, args } = view.users[0].user.exec;
      expect(command).toBe('aws');
      const { status } = JSON.parse(await runScript(stage, [command, ...args].join(' ')));
      const signed = new URL(Buffer.from(status.token.replace('k8s-aws-v1.', ''), 'base64url').toString());
      expect(signed.searchParams.get('X-Amz-Credential')?.split('/')[0]).toBe(stage.job.environment.AWS_ACCESS_KEY_ID);
      expect(await readFile(KUBECONFIG, 'utf8')).not.toContain('token:');
    },
  );

  test.skipIf(!has('npm', '--version'))('logs npm in to CodeArtifact for an hour', async () => {
    const asked: string[] = [];
    const service = await serve((request, response) => {
      asked.push(request.url ?? '');
      const endpoint = { repositoryEndpoint: `${service.url}/npm/packages/` };
      const token = { authorizationToken: 'a-token', expiration: Date.now() / 1000 + 3600 };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(request.url?.includes('/authorization-token') ? token : endpoint));
    });
    const stage = await openRecipe({ AWS_ENDPOINT_URL_CODEARTIFACT: service.url });
    await stage.succeeds(inputsUnder());
    await runScript(stage, scriptOf('Packages from CodeArtifact', 'Log npm in to CodeArtifact'));
    expect(asked.join('\n')).toMatch(/authorization-token\?.*duration=3600/);
    await runScript(stage, 'npm ping');
    expect(service.requests.at(-1)?.headers.authorization).toBe('Bearer a-token');
  });

  test.skipIf(moto === undefined || !hasCli)('deploys to each account with CDK', async () => {
    const found = await findTool(awsCdk);
    if ('missing' in found) {
      return console.log(`skipped: CDK could not be installed (${found.missing})`);
    }
    const stage = await openRecipe({ AWS_ENDPOINT_URL: url });
    await stage.succeeds(inputsUnder('CDK, one profile per account'));
    await writeAssembly(join(stage.job.folders.workspace, 'cdk.out'));
    const script = stepsUnder('CDK, one profile per account').find(({ name }) => name === 'Deploy')?.run ?? '';
    const commands = script.replace(/^.*cdk synth.*$/m, '').replaceAll('npx cdk', `'${found.path}'`);
    await runScript(stage, commands, { CDK_DISABLE_VERSION_CHECK: '1' });
    const callers = stage.requests('GetCallerIdentity').map(({ callerArn }) => callerArn);
    expect([...new Set(callers)]).toEqual([session(deploy), session(production)]);
  });

  test.skipIf(moto === undefined || !has('terraform', 'version'))(
    'stores the state of Terraform with a profile',
    async () => {
      const stage = await openRecipe();
      await stage.succeeds(inputsUnder('Terraform, one profile per account'));
      const [code] = blocksUnder(page, 'Terraform, one profile per account', 'hcl');
      const backend = code.replace(/^provider[\s\S]*/m, 'resource "terraform_data" "job" {}\n');
      const endpoints = `use_path_style = true\n endpoints = { s3 = "${url}", sts = "${stage.emulator.url}" }`;
      await writeFile(
        join(stage.job.folders.workspace, 'main.tf'),
        backend.replace('profile =', `${endpoints}\n profile =`),
      );
      await runScript(stage, 'aws s3 mb s3://octo-terraform-state --profile state');
      await runScript(stage, scriptOf('Terraform, one profile per account', 'Apply'), { CHECKPOINT_DISABLE: '1' });
      expect(await runScript(stage, 'aws s3 ls s3://octo-terraform-state --profile state')).toContain('app.tfstate');
      expect(stage.requests('GetCallerIdentity').at(-1)?.callerArn).toBe(session(deploy));
    },
  );

  test.skipIf(!has('docker', '--version'))('gives a container keys or a profile', async () => {
    const docker = await serveDocker(aws, process.env.PATH ?? '');
    const stage = await openRecipe();
    const reach = { DOCKER_HOST: docker.host };
    /** Lets a container reach the STS endpoint of the job. */
    const run = async (name: string) => {
      const script = stepsUnder('docker run').find((step) => step.name === name)?.run ?? '';
      return runScript(stage, script.replace('--rm', '--rm --env AWS_ENDPOINT_URL_STS'), reach);
    };
    await stage.succeeds(inputsUnder());
    expect(await run('Keys in a container')).toContain(session(deploy));
    await stage.succeeds({ ...inputsUnder('CDK, one profile per account') });
    expect(await run('A profile in a container')).toContain(session(deploy));
  });

  test('gives Docker actions keys, because their home has no profile', async () => {
    const stage = await openStage();
    await stage.succeeds(inputsUnder('Docker actions'));
    for (const { name, identity } of await findClients()) {
      const step = await stage.job.run(identity, { env: { HOME: '/github/home' } });
      expect(step.stdout.trim(), `${name}: ${step.log}`).toBe(session(deploy));
    }
  });

  test('starts from a certificate with IAM Roles Anywhere', async () => {
    const [profile] = blocksUnder(page, 'IAM Roles Anywhere', 'ini');
    const [, helper = ''] = /credential_process = (.*)/.exec(profile) ?? [];
    const stage = await openStage();
    const { HOME = '', PATH = '' } = stage.job.environment;
    const programs = join(HOME, 'programs');
    await mkdir(join(HOME, '.aws'), { mode: 0o700 });
    await mkdir(programs);
    await writeFile(join(HOME, '.aws', 'config'), profile, { mode: 0o600 });
    const { accessKeyId, secretAccessKey, sessionToken } = stage.emulator.issue(
      'arn:aws:iam::111111111111:role/runner',
    );
    const answer = {
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
    };
    stage.job.addSecrets(secretAccessKey, sessionToken ?? '');
    const [name = '', ...args] = helper.split(' ');
    const script = `#!/bin/sh\n[ "$*" = '${args.join(' ')}' ] && echo '${JSON.stringify(answer)}'\n`;
    await writeFile(join(programs, name), script, { mode: 0o700 });
    const [step] = stepsUnder('IAM Roles Anywhere');
    const env = { ...step?.env, PATH: `${programs}:${PATH}` };
    const result = await stage.run(inputsUnder('IAM Roles Anywhere'), { env });
    expect(result.outputs['authenticated-arn'], result.log).toBe(session(deploy));
    expect(stage.calls().filter((call) => call.startsWith('AssumeRole'))).toHaveLength(2);
  });
});

/** Writes a cloud assembly as `cdk synth` does, with a stack for each account. */
async function writeAssembly(folder: string): Promise<void> {
  const stacks = { StagingStack: '222222222222', ProdStack: '333333333333' };
  const artifacts = Object.entries(stacks).map(([name, account]) => [
    name,
    {
      type: 'aws:cloudformation:stack',
      environment: `aws://${account}/eu-west-1`,
      properties: { templateFile: `${name}.template.json` },
    },
  ]);
  await mkdir(folder);
  await writeFile(
    join(folder, 'manifest.json'),
    JSON.stringify({ version: '36.0.0', artifacts: Object.fromEntries(artifacts) }),
  );
  for (const name of Object.keys(stacks)) {
    const template = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };
    await writeFile(join(folder, `${name}.template.json`), JSON.stringify(template));
  }
}
