import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addressOf, openBehindProxy, stsHost } from '../../support/behind-proxy.js';
import {
  devRole,
  documentedPartition,
  documentedWorld,
  firstRole,
  otherRole,
  prodRole,
  secondRole,
  userKeys,
} from '../../support/documented-world.js';
import type { HttpProxy } from '../../support/proxy-server.js';
import { tagsOf } from '../../support/sent-tags.js';
import { openStage, type Stage, session } from '../../support/stage.js';

/**
 * The workflows in the README of aws-actions/configure-aws-credentials, with only `uses:` changed: STS receives the
 * same parameters, and the job the same variables, outputs and profiles.
 */

const region = { 'aws-region': 'us-east-2' } as const;
const regions = { AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'us-east-2' } as const;
const withKeys = { ...region, ...userKeys } as const;
const exported = [
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
];

interface ProxySettings {
  readonly inputs: Record<string, string>;
  readonly environment: Record<string, string>;
}

const open = (options: Parameters<typeof openStage>[0] = {}) => openStage({ change: documentedWorld, ...options });
const openWithoutToken = (options: Parameters<typeof openStage>[0] = {}) => open({ idToken: false, ...options });

/** The parameters of an AssumeRole call as a plain object, with its tags as another. */
function assumed(stage: Stage, index = 0) {
  const parameters = stage.requests('AssumeRole')[index]?.parameters ?? {};
  const rest = Object.fromEntries(Object.entries(parameters).filter(([name]) => !name.startsWith('Tags.')));
  return { ...rest, tags: tagsOf(stage, index) };
}

const pushTags = {
  GitHub: 'Actions',
  Repository: 'octo-org/octo-repo',
  Workflow: 'Deploy',
  Action: '__self',
  Actor: 'octocat',
  Commit: '0123456789abcdef0123456789abcdef01234567',
  Branch: 'refs/heads/main',
  EventName: 'push',
  RunId: '1658821493',
  Job: 'deploy',
  TriggeringActor: 'octocat',
} as const;

describe('OIDC', () => {
  test('assumes the role and exports its session', async () => {
    const stage = await open();
    const step = await stage.succeeds({ ...region, 'role-to-assume': firstRole, 'role-session-name': 'MySessionName' });
    expect(stage.requests('GetIdToken')[0]?.parameters).toEqual({ audience: 'sts.amazonaws.com' });
    expect(stage.requests('AssumeRoleWithWebIdentity').map(({ parameters }) => parameters)).toEqual([
      {
        RoleArn: firstRole,
        RoleSessionName: 'MySessionName',
        DurationSeconds: '3600',
        WebIdentityToken: '(redacted)',
      },
    ]);
    expect(Object.keys(step.environmentChanges).sort()).toEqual(exported);
    expect(step.environmentChanges).toMatchObject(regions);
    expect(step.outputs).toMatchObject({
      'aws-account-id': '123456789100',
      'authenticated-arn': session(firstRole, 'MySessionName'),
    });
    expect(step.outputs).not.toHaveProperty('aws-secret-access-key');
  });

  test('uses the audience and the Region of China', async () => {
    const role = 'arn:aws-cn:iam::123456789100:role/my-github-actions-role';
    const stage = await open({ change: documentedPartition('aws-cn') });
    await stage.succeeds({
      audience: 'sts.amazonaws.com.cn',
      'aws-region': 'cn-northwest-1',
      'role-to-assume': role,
    });
    expect(stage.requests('GetIdToken')[0]?.parameters).toEqual({ audience: 'sts.amazonaws.com.cn' });
    expect(stage.calls()).toEqual([`AssumeRoleWithWebIdentity ${role}`]);
  });

  test.each([
    ['one line', 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess', 1],
    [
      'two lines',
      'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess\narn:aws:iam::aws:policy/AmazonS3OutpostsReadOnlyAccess\n',
      2,
    ],
  ])('sends managed session policies: %s', async (_, policies, count) => {
    const stage = await open();
    await stage.succeeds({ ...region, 'role-to-assume': firstRole, 'managed-session-policies': policies });
    const { parameters = {} } = stage.requests('AssumeRoleWithWebIdentity')[0] ?? {};
    expect(Object.keys(parameters).filter((name) => name.startsWith('PolicyArns.'))).toHaveLength(count);
    expect(parameters['PolicyArns.member.1.arn']).toBe('arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess');
  });

  test.each([
    ['on one line', '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:List*","Resource":"*"}]}'],
    [
      'on several',
      '{\n "Version": "2012-10-17",\n "Statement": [\n  {"Effect":"Allow","Action":"s3:List*","Resource":"*"}\n ]\n}',
    ],
  ])('sends an inline session policy unchanged, %s', async (_, policy) => {
    const stage = await open();
    await stage.succeeds({ ...region, 'role-to-assume': firstRole, 'inline-session-policy': policy });
    expect(stage.requests('AssumeRoleWithWebIdentity')[0]?.parameters.Policy).toBe(policy);
  });

  test('starts from a web-identity token file in the workspace', async () => {
    const stage = await openWithoutToken();
    await writeFile(join(stage.job.folders.workspace, 'token'), await stage.emulator.idToken(), { mode: 0o600 });
    await stage.succeeds({ ...region, 'role-to-assume': firstRole, 'web-identity-token-file': 'token' });
    expect(stage.calls()).toEqual([`AssumeRoleWithWebIdentity ${firstRole}`]);
  });
});

describe('access keys', () => {
  test('assume a role with an external id, a duration and a session name', async () => {
    const stage = await openWithoutToken();
    await stage.succeeds({
      ...withKeys,
      'role-to-assume': firstRole,
      'role-external-id': 'example-external-id',
      'role-duration-seconds': '1200',
      'role-session-name': 'MySessionName',
    });
    expect(assumed(stage)).toEqual({
      RoleArn: firstRole,
      RoleSessionName: 'MySessionName',
      DurationSeconds: '1200',
      ExternalId: 'example-external-id',
      tags: pushTags,
    });
  });

  test.each([
    ['my-github-actions-role', firstRole],
    ['team/deployer', 'arn:aws:iam::123456789100:role/team/deployer'],
  ])('find the role %s in their own account', async (name, arn) => {
    const stage = await openWithoutToken();
    await stage.succeeds({ ...withKeys, 'role-to-assume': name });
    expect(stage.calls()).toEqual(['GetCallerIdentity', `AssumeRole ${arn}`]);
  });

  test('without a role are verified and exported', async () => {
    const stage = await openWithoutToken({ environment: { AWS_SESSION_TOKEN: 'left-by-somebody' } });
    const step = await stage.succeeds(withKeys);
    expect(stage.calls()).toEqual(['GetCallerIdentity']);
    expect(step.environmentChanges).toEqual({
      ...regions,
      AWS_ACCESS_KEY_ID: userKeys['aws-access-key-id'],
      AWS_SECRET_ACCESS_KEY: userKeys['aws-secret-access-key'],
      AWS_SESSION_TOKEN: '',
    });
    expect(step.outputs['authenticated-arn']).toBe('arn:aws:iam::123456789100:user/ci-bot');
  });

  test('that are wrong fail the step', async () => {
    const stage = await openWithoutToken();
    const step = await stage.fails({ ...withKeys, 'aws-secret-access-key': 'x'.repeat(40) });
    expect(step.log).toContain('SignatureDoesNotMatch');
  });
});

describe('session tags', () => {
  const tagged = { ...withKeys, 'role-to-assume': firstRole };

  test("of a pull request have GitHub's values, in characters that AWS accepts", async () => {
    const github = {
      event_name: 'pull_request',
      base_ref: 'main',
      head_ref: 'feat/(x)',
      workflow: 'CI & CD',
      actor: 'dependabot[bot]',
    };
    const stage = await openWithoutToken({ job: { github } });
    await stage.succeeds(tagged);
    expect(assumed(stage).tags).toMatchObject({
      EventName: 'pull_request',
      BaseRef: 'main',
      HeadRef: 'feat/_x_',
      Workflow: 'CI _ CD',
      Actor: 'dependabot_bot_',
    });
  });

  test('include custom ones, with numbers and booleans as text', async () => {
    const stage = await openWithoutToken();
    await stage.succeeds({ ...tagged, 'custom-tags': '{"Environment": "Production", "Build": 7, "Canary": true}' });
    expect(assumed(stage).tags).toEqual({ ...pushTags, Environment: 'Production', Build: '7', Canary: 'true' });
  });

  test('become transitive by key', async () => {
    const stage = await openWithoutToken();
    await stage.succeeds({ ...tagged, 'transitive-tag-keys': 'Repository\nWorkflow\nAction\nActor\n' });
    expect(assumed(stage)).toMatchObject({
      'TransitiveTagKeys.member.1': 'Repository',
      'TransitiveTagKeys.member.2': 'Workflow',
      'TransitiveTagKeys.member.3': 'Action',
      'TransitiveTagKeys.member.4': 'Actor',
    });
  });

  test('are not sent with role-skip-session-tagging', async () => {
    const stage = await openWithoutToken();
    await stage.succeeds({ ...tagged, 'role-skip-session-tagging': 'true' });
    expect(assumed(stage).tags).toEqual({});
  });

  test('lose the droppable ones when they are too large', async () => {
    const stage = await openWithoutToken();
    stage.emulator.faults.add({ operation: 'AssumeRole', fault: { kind: 'packed-too-large' } });
    await stage.succeeds(tagged);
    expect(Object.keys(assumed(stage, 1).tags)).toEqual(Object.keys(pushTags).slice(0, 7));
  });

  test('cannot have a custom tag with the name of a default one', async () => {
    const stage = await openWithoutToken();
    await stage.refuses({ ...tagged, 'custom-tags': '{"repository": "mine"}' }, "'repository'");
  });
});

describe('several steps', () => {
  test('chain two roles, the second made with the first', async () => {
    const stage = await open();
    const named = { ...region, 'role-session-name': 'MySessionName' };
    await stage.succeeds({ ...named, 'role-to-assume': firstRole });
    const step = await stage.succeeds({ ...named, 'role-to-assume': secondRole, 'role-chaining': 'true' });
    expect(stage.requests('AssumeRole')[0]?.callerArn).toBe(session(firstRole, 'MySessionName'));
    expect(step.outputs['authenticated-arn']).toBe(session(secondRole, 'MySessionName'));
  });

  test('hand keys over through outputs', async () => {
    const stage = await open();
    const { outputs } = await stage.succeeds({ ...region, 'role-to-assume': firstRole, 'output-credentials': 'true' });
    const names = ['aws-access-key-id', 'aws-secret-access-key', 'aws-session-token'] as const;
    const given = Object.fromEntries(names.map((name) => [name, outputs[name] ?? '']));
    const step = await stage.succeeds({ ...region, ...given, 'role-to-assume': otherRole });
    expect(stage.requests('AssumeRole')[0]?.callerArn).toBe(session(firstRole));
    expect(step.outputs['authenticated-arn']).toBe(session(otherRole));
  });

  test('keep keys out of the environment with output-env-credentials: false', async () => {
    const stage = await open();
    const step = await stage.succeeds({
      ...region,
      'role-to-assume': firstRole,
      'output-credentials': 'true',
      'output-env-credentials': 'false',
    });
    expect(step.environmentChanges).toEqual({});
    expect(step.outputs['aws-access-key-id']).toMatch(/^ASIA/);
  });

  test('write one profile each, and no variable', async () => {
    const stage = await open();
    const dev = { 'aws-region': 'us-east-1', 'role-to-assume': devRole, 'aws-profile': 'dev' };
    const prod = { 'aws-region': 'us-west-2', 'role-to-assume': prodRole, 'aws-profile': 'prod' };
    for (const inputs of [dev, prod]) {
      expect((await stage.succeeds(inputs)).environmentChanges).toEqual({});
    }
    expect(await readFile(join(stage.job.folders.home, '.aws', 'config'), 'utf8')).toBe(
      '[profile dev]\nregion = us-east-1\n[profile prod]\nregion = us-west-2\n',
    );
  });

  test('chain roles from profile to profile', async () => {
    const stage = await open();
    const first = 'arn:aws:iam::111111111111:role/my-first-role';
    await stage.succeeds({ ...region, 'role-to-assume': first, 'aws-profile': 'firstRoleInChain' });
    await stage.succeeds(
      { ...region, 'role-to-assume': secondRole, 'role-chaining': 'true', 'aws-profile': 'secondRoleInChain' },
      { env: { AWS_PROFILE: 'firstRoleInChain' } },
    );
    expect(stage.requests('AssumeRole')[0]?.callerArn).toBe(session(first));
  });

  test('write the profile of a role that access keys assume, with role-chaining and AWS_PROFILE as documented', async () => {
    const stage = await openWithoutToken();
    const step = await stage.succeeds(
      { ...withKeys, 'role-to-assume': 'my-role', 'aws-profile': 'MyProfile1', 'role-chaining': 'true' },
      { env: { AWS_PROFILE: 'MyProfile1' } },
    );
    expect(stage.requests('AssumeRole')[0]?.callerArn).toBe('arn:aws:iam::123456789100:user/ci-bot');
    expect(step.environmentChanges).toEqual({});
  });
});

describe('the runner of a container service', () => {
  const openContainer = () =>
    openWithoutToken({ environment: ({ containerEnvironment }) => ({ ...containerEnvironment }) });

  test.each([
    ['exports its own role', 'arn:aws:iam::123456789100:role/runner', {}],
    ['becomes another role', firstRole, { 'role-chaining': 'true' }],
  ])('%s', async (_, role, more) => {
    const stage = await openContainer();
    const step = await stage.succeeds({ ...region, 'role-to-assume': role, ...more });
    expect(stage.requests('AssumeRole')[0]?.callerArn).toMatch(/assumed-role\/runner\//);
    expect(Object.keys(step.environmentChanges).sort()).toEqual(exported);
  });
});

describe('options', () => {
  test.each([
    ['the input', (url: string): ProxySettings => ({ inputs: { 'http-proxy': url }, environment: {} })],
    ['http_proxy', (url: string): ProxySettings => ({ inputs: {}, environment: { http_proxy: url } })],
  ])('calls STS through the proxy of %s', async (_, settings) => {
    const variables = (one: HttpProxy) => settings(addressOf(one)).environment;
    const { stage, proxy } = await openBehindProxy(variables, { change: documentedWorld, idToken: false });
    const { inputs } = settings(addressOf(proxy));
    await stage.succeeds({ ...withKeys, 'role-to-assume': firstRole, ...inputs });
    expect(proxy.asked).toEqual([`CONNECT ${stsHost}:443`]);
  });

  test('calls another STS endpoint', async () => {
    const stage = await openWithoutToken({ environment: { AWS_ENDPOINT_URL_STS: '' } });
    await stage.succeeds({ ...withKeys, 'role-to-assume': firstRole, 'sts-endpoint': stage.emulator.url });
    expect(stage.calls()).toContain(`AssumeRole ${firstRole}`);
  });

  test('repeats the call until the secret has no special characters', async () => {
    const stage = await open({ emulator: { alphanumericSecretsAfter: 2 } });
    const step = await stage.succeeds({
      ...region,
      'role-to-assume': firstRole,
      'special-characters-workaround': 'true',
      'output-credentials': 'true',
      'disable-retry': 'true',
    });
    expect(stage.calls()).toHaveLength(3);
    expect(step.outputs['aws-secret-access-key']).toMatch(/^[A-Za-z0-9]{40}$/);
  });

  test('tries a denied call as often as retry-max-attempts says', async () => {
    const stage = await open();
    const nobody = 'arn:aws:iam::123456789100:role/nobody';
    await stage.fails({ ...region, 'role-to-assume': nobody, 'retry-max-attempts': '2' });
    expect(stage.calls()).toHaveLength(2);
  });

  test('tries once with disable-retry', async () => {
    const stage = await open();
    stage.emulator.faults.add({ operation: '*', fault: { kind: 'throttle' }, after: 1 });
    await stage.fails({ ...region, 'role-to-assume': firstRole, 'disable-retry': 'true' });
    expect(stage.calls()).toHaveLength(1);
  });

  test('ends a stalled call with action-timeout-s', async () => {
    const stage = await open();
    stage.emulator.faults.add({ operation: 'AssumeRoleWithWebIdentity', fault: { kind: 'stall' } });
    const step = await stage.fails({ ...region, 'role-to-assume': firstRole, 'action-timeout-s': '1' });
    expect(step.durationMs).toBeLessThan(10_000);
  });

  test('starts from access keys with force-skip-oidc', async () => {
    const stage = await open();
    await stage.succeeds({ ...withKeys, 'role-to-assume': firstRole, 'force-skip-oidc': 'true' });
    expect(stage.calls()).toContain(`AssumeRole ${firstRole}`);
    expect(stage.requests('GetIdToken')).toEqual([]);
  });

  test('changes nothing at the end with AWS_SKIP_CLEANUP_STEP', async () => {
    const stage = await open({ environment: { AWS_SKIP_CLEANUP_STEP: 'true' } });
    await stage.succeeds({
      ...region,
      'role-to-assume': firstRole,
      'aws-profile': 'dev',
      'output-env-credentials': 'true',
    });
    const left = { ...stage.job.environment };
    expect((await stage.finish()).map(({ conclusion }) => conclusion)).toEqual(['skipped']);
    expect(stage.job.environment).toEqual(left);
    expect(left.AWS_ACCESS_KEY_ID).toMatch(/^ASIA/);
    expect(await readFile(join(stage.job.folders.home, '.aws', 'config'), 'utf8')).toContain('[profile dev]');
  });

  test('accepts the boolean TRUE', async () => {
    const stage = await open();
    const step = await stage.succeeds({ ...region, 'role-to-assume': firstRole, 'output-credentials': 'TRUE' });
    expect(step.outputs).toHaveProperty('aws-session-token');
  });

  test('rejects yes as a boolean', async () => {
    const stage = await open();
    await stage.refuses({ ...region, 'role-to-assume': firstRole, 'output-credentials': 'yes' }, 'output-credentials');
  });

  test('keeps the account ID out of the log with mask-aws-account-id', async () => {
    const stage = await open();
    const step = await stage.succeeds({ ...region, 'role-to-assume': firstRole, 'mask-aws-account-id': 'true' });
    expect(step.log).not.toContain('123456789100');
    expect(step.outputs['aws-account-id']).toBe('123456789100');
  });

  test('ignores variables named like inputs with translate-env-variables: false', async () => {
    const stage = await open({ environment: { ROLE_TO_ASSUME: prodRole } });
    const inputs = { ...region, 'role-to-assume': firstRole, 'translate-env-variables': 'false' };
    expect((await stage.succeeds(inputs)).outputs['authenticated-arn']).toBe(session(firstRole));
  });
});
