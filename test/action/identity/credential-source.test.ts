import { describe, expect, test } from 'vitest';
import { saml, writeAssertion, writeToken } from '../../support/base-files.js';
import { bot, hub, keys, keyVariables } from '../../support/example-world.js';
import { openStage } from '../../support/stage.js';

describe('auto selects, and the log says which and why', () => {
  const everything = { ...keys, 'web-identity-token-file': 'token.jwt', ...saml } as const;
  const without = (inputs: Readonly<Record<string, string>>, ...names: readonly string[]) =>
    Object.fromEntries(Object.entries(inputs).filter(([name]) => !names.includes(name)));
  const noKeys = without(everything, 'aws-access-key-id', 'aws-secret-access-key');

  test.each([
    ['access keys first', everything, 'AssumeRole', /access keys.*because access keys are given\./],
    [
      'then a token file',
      noKeys,
      'AssumeRoleWithWebIdentity',
      /token file.*because web-identity-token-file is given\./,
    ],
    ["then the job's ID token", {}, 'AssumeRoleWithWebIdentity', /ID token.*because the job can request an ID token\./],
    ['but not with force-skip-oidc', { 'force-skip-oidc': 'true' }, 'AssumeRole', /because force-skip-oidc is true\./],
  ])('%s', async (_, inputs, operation, line) => {
    const stage = await openStage({ environment: keyVariables });
    await writeToken(stage, 'token.jwt');
    await writeAssertion(stage);
    const step = await stage.succeeds({ ...inputs, 'role-to-assume': hub });
    expect(stage.calls()).toEqual([`${operation} ${hub}`]);
    expect(step.log).toMatch(line);
  });

  test('the default chain last, when the job has no ID token', async () => {
    const stage = await openStage({ idToken: false, environment: keyVariables });
    const step = await stage.succeeds({ 'role-to-assume': hub });
    expect(step.log).toMatch(/default.*because no keys, no token file and no ID token are given\./);
  });

  test('the default chain when no role is given, and then verifies and exports the base identity', async () => {
    const stage = await openStage({ environment: keyVariables });
    const step = await stage.succeeds();
    expect(stage.calls()).toEqual(['GetCallerIdentity']);
    expect(step.outputs).toMatchObject({
      'authenticated-arn': bot,
      'aws-account-id': '111111111111',
      'role-chain': '[]',
    });
    expect(step.environmentChanges).toMatchObject(keyVariables);
  });
});

describe('credential-source', () => {
  test('is case-insensitive', async () => {
    const stage = await openStage({ environment: keyVariables });
    await stage.succeeds({ 'credential-source': 'ENVIRONMENT', 'role-to-assume': hub });
    expect(stage.calls()).toEqual([`AssumeRole ${hub}`]);
  });

  test('contradicts other inputs', async () => {
    const stage = await openStage({ environment: keyVariables });
    const inputs = { ...keys, 'credential-source': 'oidc', 'role-to-assume': hub };
    await stage.refuses(inputs, 'contradicts', 'aws-access-key-id');
  });

  test('reports what its source lacks', async () => {
    const stage = await openStage({ idToken: false });
    await stage.refuses({ 'credential-source': 'Environment', 'role-to-assume': hub }, 'AWS_ACCESS_KEY_ID');
  });
});

describe('unusable base identities', () => {
  test('root keys are rejected with the reason, before AssumeRole', async () => {
    const rootKeys = {
      accessKeyId: 'AKIAI44QH8DHBEXAMPLE',
      secretAccessKey: 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY',
    };
    const stage = await openStage({
      idToken: false,
      change: (world) => {
        Object.assign(world.accounts['111111111111'] ?? {}, { root: { accessKeys: [rootKeys] } });
      },
    });
    const step = await stage.fails({
      'aws-access-key-id': rootKeys.accessKeyId,
      'aws-secret-access-key': rootKeys.secretAccessKey,
      'role-to-assume': hub,
    });
    expect(step.log).toMatch(/root/i);
  });

  test('a job without any credentials gets the advice about id-token: write, forks and Dependabot at once', async () => {
    const stage = await openStage({ idToken: false });
    await stage.refuses({ 'role-to-assume': hub }, 'id-token: write', 'forks', 'Dependabot');
  });
});
