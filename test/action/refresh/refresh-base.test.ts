import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { profileText, writeAwsFiles, writeToken } from '../../support/base-files.js';
import { wordsOf } from '../../support/credential-process.js';
import { deploy, hub, keys, keyVariables } from '../../support/example-world.js';
import { asInputs } from '../../support/issued.js';
import { openRefreshStage, type RefreshStage, refreshing, untilRenewal } from '../../support/refresh-stage.js';
import { chainOf, openStage, type StageOptions, session } from '../../support/stage.js';

interface Case {
  readonly stage?: StageOptions;
  readonly inputs: Readonly<Record<string, string>>;
  readonly prepare?: (stage: RefreshStage) => Promise<void>;
  /** A change that another step makes while the job runs. */
  readonly meanwhile?: (stage: RefreshStage) => Promise<void>;
}

const noToken = { idToken: false } as const;
const defaultChain = { 'credential-source': 'default-chain' } as const;
const oneHop = { 'role-to-assume': hub, 'role-chain': '', 'role-skip-session-tagging': 'true' } as const;
const otherFiles = {
  AWS_CONFIG_FILE: '/tmp/none/config',
  AWS_SHARED_CREDENTIALS_FILE: '/tmp/none/credentials',
} as const;

const cases: Readonly<Record<string, Case>> = {
  "the job's ID token": { inputs: { 'credential-source': 'oidc' } },
  'access keys': { stage: noToken, inputs: keys },
  'keys in the environment': {
    stage: { ...noToken, environment: keyVariables },
    inputs: { 'credential-source': 'Environment' },
  },
  'a token file that is updated': {
    stage: noToken,
    inputs: { 'web-identity-token-file': 'token.jwt' },
    prepare: (stage) => writeToken(stage, 'token.jwt'),
    meanwhile: (stage) => writeToken(stage, 'token.jwt'),
  },
  'the default chain, from keys in the environment': {
    stage: { ...noToken, environment: keyVariables },
    inputs: defaultChain,
  },
  'the default chain, from the default profile': {
    stage: noToken,
    inputs: defaultChain,
    prepare: (stage) => writeAwsFiles(stage, profileText('default')),
  },
  'the default chain, from the profile that AWS_PROFILE names': {
    stage: { ...noToken, environment: { AWS_PROFILE: 'ci' } },
    inputs: defaultChain,
    prepare: (stage) => writeAwsFiles(stage, profileText('ci')),
  },
  'the default chain, from the instance metadata service': {
    stage: { ...noToken, environment: ({ instanceEnvironment }) => instanceEnvironment },
    inputs: { ...defaultChain, ...oneHop },
  },
  'the container endpoint': {
    stage: { ...noToken, environment: ({ containerEnvironment }) => containerEnvironment },
    inputs: { 'credential-source': 'EcsContainer', ...oneHop },
  },
  'the instance metadata service': {
    stage: { ...noToken, environment: ({ instanceEnvironment }) => instanceEnvironment },
    inputs: { 'credential-source': 'Ec2InstanceMetadata', ...oneHop },
  },
};

const strangers = {
  AWS_ACCESS_KEY_ID: 'AKIAI44QH8DHBEXAMPLE',
  AWS_SECRET_ACCESS_KEY: ['of', 'somebody', 'else'].join('-'),
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9',
  AWS_REGION: 'sa-east-1',
} as const;

test.each(Object.entries(cases))(
  'a chain from %s is walked again in the same way: in the job, in an empty environment, and whatever later steps set',
  async (_, { stage: options, inputs, prepare, meanwhile }) => {
    const stage = await openRefreshStage(options);
    await prepare?.(stage);
    await stage.succeeds({ ...refreshing, ...inputs });
    const walked = stage.calls();
    for (const environment of [stage.job.environment, {}, { ...stage.job.environment, ...strangers }]) {
      stage.later(untilRenewal);
      await meanwhile?.(stage);
      const before = stage.calls().length;
      const got = await stage.gets({ profile: 'assume-role', environment });
      expect(stage.calls().slice(before)).toEqual(walked);
      expect(await stage.whose(got)).toBe(session('role-chain' in inputs ? hub : deploy));
    }
  },
);

describe('a base identity', () => {
  test('is found again when later steps set other AWS files', async () => {
    const stage = await openRefreshStage(noToken);
    await writeAwsFiles(stage, profileText('default'));
    await stage.succeeds({ ...refreshing, ...defaultChain });
    const command = await stage.command();
    stage.later(untilRenewal);
    const words = wordsOf(command);
    const env = Object.entries({ ...otherFiles, HOME: '/tmp/none', ...stage.clock() }).map(
      ([key, value]) => `${key}=${value}`,
    );
    const got = await stage.job.run({ command: 'env', args: ['-i', ...env, ...words] });
    expect(got.exitCode, got.stderr).toBe(0);
  });

  test('that unset-current-credentials ignores is also ignored by renewals', async () => {
    const stage = await openRefreshStage({
      ...noToken,
      environment: { AWS_ACCESS_KEY_ID: 'AKIAI44QH8DHBEXAMPLE', AWS_SECRET_ACCESS_KEY: ['no', 'key'].join('-') },
    });
    await writeAwsFiles(stage, profileText('default'));
    await stage.succeeds({ ...refreshing, ...defaultChain, 'unset-current-credentials': 'true' });
    stage.later(untilRenewal);
    await stage.gets();
  });

  test('may be the renewing profile of an earlier step', async () => {
    const stage = await openRefreshStage();
    await stage.succeeds({ 'role-to-assume': hub, refresh: 'true', 'aws-profile': 'hub' });
    await stage.succeeds({
      'role-to-assume': deploy,
      'role-chaining': 'true',
      refresh: 'true',
      'aws-profile': 'deploy',
      'role-skip-session-tagging': 'true',
    });
    expect(stage.job.environment.AWS_PROFILE).toBe('deploy');
    stage.later(untilRenewal);
    expect(await stage.whose(await stage.gets())).toBe(session(deploy));
    expect(stage.requests('AssumeRoleWithWebIdentity')).toHaveLength(2);
    await stage.finish();
    expect(await stage.folder()).toBeUndefined();
  });

  test.each([
    ['the default profile', 'default', {}],
    ['the current profile', 'ci', { AWS_PROFILE: 'ci' }],
  ])('is not replaced by its own renewing profile: %s', async (_, name, environment) => {
    const stage = await openRefreshStage({ ...noToken, environment });
    await writeAwsFiles(stage, profileText(name));
    const inputs = { ...refreshing, ...defaultChain, 'aws-profile': name, 'overwrite-aws-profile': 'true' };
    await stage.refuses(inputs, 'base identity', name, 'another name');
  });

  test('that later becomes the renewing profile does not wait for itself', async () => {
    const stage = await openRefreshStage({ ...noToken, environment: { AWS_PROFILE: 'ci' } });
    await writeAwsFiles(stage, profileText('ci'));
    await stage.succeeds({ ...refreshing, ...defaultChain });
    const config = join(stage.job.folders.home, '.aws', 'config');
    await writeAwsFiles(stage, '', (await readFile(config, 'utf8')).replaceAll(/profile assume-role/g, 'profile ci'));
    stage.later(untilRenewal);
    expect(await stage.failsToGet({ profile: 'ci' })).toContain('no credentials');
  });

  test('of expiring keys causes a warning', async () => {
    const stage = await openRefreshStage(noToken);
    const issued = asInputs(stage.emulator.issue(hub, { durationSeconds: 3600 }));
    stage.job.addSecrets(issued['aws-secret-access-key'], issued['aws-session-token']);
    const step = await stage.succeeds({
      ...issued,
      'role-to-assume': deploy,
      'role-skip-session-tagging': 'true',
      refresh: 'true',
    });
    const warnings = step.annotations.filter(({ level }) => level === 'warning');
    expect(warnings.map(({ message }) => message).join()).toContain('keys to start from are temporary');
    stage.later(61 * 60);
    expect(await stage.failsToGet()).toContain('ExpiredToken');
  });
});

test('renewals fail once a token file is no longer updated, with AWS’s message', async () => {
  const stage = await openRefreshStage(noToken);
  await writeToken(stage, 'token.jwt');
  await stage.succeeds({ ...refreshing, 'web-identity-token-file': 'token.jwt' });
  stage.later(untilRenewal);
  expect(await stage.failsToGet()).toContain('Token expired');
});

test('a plan contains no secrets of other base identities', async () => {
  const stage = await openStage({ environment: { ...keyVariables, AWS_CONTAINER_AUTHORIZATION_TOKEN: 'other-token' } });
  await stage.succeeds({ 'role-chain': chainOf(hub, deploy), refresh: 'true' });
  const found = await stage.job.run('cat "$RUNNER_TEMP"/assume-role-*/plan-0.json');
  expect(found.stdout).toContain('"kind":"oidc"');
  expect(found.stdout).not.toContain(keys['aws-secret-access-key']);
  expect(found.stdout).not.toContain('other-token');
});
