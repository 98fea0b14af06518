import { describe, expect, test } from 'vitest';
import { deploy, hub, keys, spoke } from '../../support/example-world.js';
import { chainOf, openStage, session } from '../../support/stage.js';
import { addRole, trusting } from '../../support/world-roles.js';

describe('a hop can have', () => {
  test('every hop option', async () => {
    const picky = spoke('picky');
    const condition = { StringEquals: { 'sts:ExternalId': 'partner-42' } };
    const stage = await openStage({ change: (world) => addRole(world, picky, trusting(hub, condition)) });
    const step = await stage.succeeds({
      'role-chain': `
- role-to-assume: ${hub}
  role-session-name: first
  role-duration-seconds: 1h30m
- role-to-assume: ${picky}
  role-session-name: second
  role-duration-seconds: 15m
  role-external-id: partner-42
  source-identity: alice
  inline-session-policy:
    Version: "2012-10-17"
    Statement: [{ Effect: Allow, Action: "s3:*", Resource: "*" }]
  managed-session-policies: [arn:aws:iam::aws:policy/ReadOnlyAccess]
  custom-tags: { Team: platform, Cost: 007 }
  transitive-tag-keys: [Team]
  role-skip-session-tagging: true
  allowed-account-ids: [222222222222]
`,
    });
    const [first] = stage.requests('AssumeRoleWithWebIdentity');
    expect(first?.parameters).toMatchObject({ RoleSessionName: 'first', DurationSeconds: '5400' });
    const { parameters = {} } = stage.requests('AssumeRole')[0] ?? {};
    const { Policy = '', ...rest } = parameters;
    expect(rest).toEqual({
      RoleArn: picky,
      RoleSessionName: 'second',
      DurationSeconds: '900',
      ExternalId: 'partner-42',
      SourceIdentity: 'alice',
      'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/ReadOnlyAccess',
      'Tags.member.1.Key': 'Team',
      'Tags.member.1.Value': 'platform',
      'Tags.member.2.Key': 'Cost',
      'Tags.member.2.Value': '007',
      'TransitiveTagKeys.member.1': 'Team',
    });
    expect(JSON.parse(Policy)).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
    });
    expect(step.outputs['authenticated-arn']).toBe(session(picky, 'second'));
  });

  test('options that take precedence over the step’s inputs', async () => {
    const stage = await openStage();
    await stage.succeeds({
      'role-chain': `- { role-to-assume: "${hub}", role-session-name: own }\n- { role-to-assume: "${deploy}", role-duration-seconds: 1000 }`,
      'role-session-name': 'shared',
      'role-duration-seconds': '2000',
    });
    expect(stage.emulator.requests.slice(1).map(({ parameters: p }) => [p.RoleSessionName, p.DurationSeconds])).toEqual(
      [
        ['own', '900'],
        ['shared', '1000'],
      ],
    );
  });
});

test('each input of the step applies to its own hops', async () => {
  const stage = await openStage({
    change: (world) => addRole(world, 'arn:aws:iam::333333333333:role/last', trusting(deploy)),
  });
  const last = 'arn:aws:iam::333333333333:role/last';
  await stage.succeeds({
    'role-chain': chainOf(hub, deploy, last),
    'role-session-name': 'everywhere',
    'role-duration-seconds': '1800',
    'role-external-id': 'partner-42',
    'source-identity': 'alice',
    'custom-tags': '{"Team":"platform"}',
    'allowed-account-ids': '333333333333',
  });
  const common = { RoleSessionName: 'everywhere' };
  expect(stage.emulator.requests.slice(1).map(({ parameters }) => ({ ...parameters, WebIdentityToken: '' }))).toEqual([
    { ...common, RoleArn: hub, DurationSeconds: '900', WebIdentityToken: '' },
    { ...common, RoleArn: deploy, DurationSeconds: '900', SourceIdentity: 'alice', WebIdentityToken: '' },
    {
      ...common,
      RoleArn: last,
      DurationSeconds: '1800',
      ExternalId: 'partner-42',
      'Tags.member.1.Key': 'Team',
      'Tags.member.1.Value': 'platform',
      WebIdentityToken: '',
    },
  ]);
});

describe('source identity', () => {
  test('is set by the first hop if that is an AssumeRole', async () => {
    const stage = await openStage({ idToken: false });
    await stage.succeeds({ ...keys, 'role-chain': chainOf(hub, deploy), 'source-identity': 'alice' });
    expect(stage.requests('AssumeRole').map(({ parameters }) => parameters.SourceIdentity)).toEqual([
      'alice',
      undefined,
    ]);
  });

  test('that no hop can set causes a warning, and the walk continues', async () => {
    const stage = await openStage();
    const step = await stage.succeeds({
      'role-to-assume': hub,
      'source-identity': 'alice',
      'role-external-id': 'partner-42',
    });
    expect(step.annotations.map(({ level, message }) => [level, message])).toEqual([
      ['warning', expect.stringContaining('role-external-id')],
      ['warning', expect.stringContaining('source-identity')],
    ]);
  });
});
