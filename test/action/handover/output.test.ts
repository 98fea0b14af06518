import { describe, expect, test } from 'vitest';
import { deploy, hub, keyVariables, production } from '../../support/example-world.js';
import { chainOf, openStage, type StageOptions, session } from '../../support/stage.js';

const chain = { 'role-chain': chainOf(hub, deploy, production) } as const;
const keyNames = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] as const;

describe('the environment', () => {
  test('has the last session and the Region, and nothing else', async () => {
    const stage = await openStage();
    const { environmentChanges } = await stage.succeeds(chain);
    expect(Object.keys(environmentChanges).sort()).toEqual([...keyNames, 'AWS_DEFAULT_REGION', 'AWS_REGION'].sort());
    expect(environmentChanges.AWS_ACCESS_KEY_ID).toMatch(/^ASIA/);
  });

  test('gives the next step the last role', async () => {
    const stage = await openStage();
    await stage.succeeds(chain);
    const next = await stage.succeeds({ 'credential-source': 'Environment' });
    expect(next.outputs['authenticated-arn']).toBe(session(production));
  });
});

describe('the outputs', () => {
  const modes: readonly [string, Record<string, string>, StageOptions['environment']][] = [
    ['as variables', {}, {}],
    ['as nothing', { 'output-env-credentials': 'false' }, {}],
    ['as outputs', { 'output-credentials': 'true' }, {}],
    ['as a profile', { 'aws-profile': 'prod' }, {}],
    ['as a renewing profile', { refresh: 'true' }, {}],
    ['over older keys', {}, keyVariables],
  ];

  test.each(modes)('describe the last session when it is handed over %s', async (_, inputs, environment = {}) => {
    const stage = await openStage({ environment });
    const { outputs } = await stage.succeeds({ ...chain, ...inputs, 'credential-source': 'oidc' });
    expect(outputs).toMatchObject({
      'aws-account-id': '333333333333',
      'authenticated-arn': session(production),
      'aws-expiration': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    const hops = JSON.parse(outputs['role-chain'] ?? '') as {
      arn: string;
      roleArn: string;
      accountId: string;
      expiration: string;
    }[];
    expect(hops.map(({ roleArn }) => roleArn)).toEqual([hub, deploy, production]);
    expect(hops.map(({ arn }) => arn)).toEqual([session(hub), session(deploy), session(production)]);
    expect(hops.map(({ accountId }) => accountId)).toEqual(['111111111111', '222222222222', '333333333333']);
    expect(hops.at(-1)?.expiration).toBe(outputs['aws-expiration']);
  });

  test('contain the keys only with output-credentials: true', async () => {
    const stage = await openStage();
    const { outputs, environmentChanges } = await stage.succeeds({ ...chain, 'output-credentials': 'true' });
    expect(outputs).toMatchObject({
      'aws-access-key-id': environmentChanges.AWS_ACCESS_KEY_ID,
      'aws-secret-access-key': environmentChanges.AWS_SECRET_ACCESS_KEY,
      'aws-session-token': environmentChanges.AWS_SESSION_TOKEN,
    });
    const plain = await stage.succeeds({ ...chain, 'credential-source': 'oidc' });
    expect(Object.keys(plain.outputs).filter((name) => /key|token/.test(name))).toEqual([]);
  });

  test('of a chain reach other jobs, because they contain no masked value', async () => {
    const stage = await openStage();
    const { outputs } = await stage.succeeds(chain);
    expect(stage.job.jobOutputs(outputs).dropped).toEqual([]);
  });
});

describe('special-characters-workaround', () => {
  const plain = { ...chain, 'special-characters-workaround': 'true' } as const;

  test('repeats the last hop until its secret has only letters and digits', async () => {
    const stage = await openStage({ emulator: { alphanumericSecretsAfter: 5 } });
    const step = await stage.succeeds(plain);
    expect(step.environmentChanges.AWS_SECRET_ACCESS_KEY).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(stage.calls().slice(0, 2)).toEqual([`AssumeRoleWithWebIdentity ${hub}`, `AssumeRole ${deploy}`]);
    expect(new Set(stage.calls().slice(2))).toEqual(new Set([`AssumeRole ${production}`]));
    expect(stage.calls()).toHaveLength(6);
  });

  test('is off by default', async () => {
    const stage = await openStage({ emulator: { alphanumericSecretsAfter: 99 } });
    await stage.succeeds(chain);
    expect(stage.calls()).toHaveLength(3);
  });
});
