import { expect, test } from 'vitest';
import { deploy, hub, keys } from '../../support/example-world.js';
import { chainOf, openStage } from '../../support/stage.js';

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }],
});
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const chain = { 'role-chain': chainOf(hub, deploy) } as const;

test('session policies apply to the last hop only', async () => {
  const stage = await openStage();
  await stage.succeeds({
    ...chain,
    'inline-session-policy': policy,
    'managed-session-policies': `${readOnly}\narn:aws:iam::aws:policy/job-function/ViewOnlyAccess\n`,
  });
  expect(stage.requests('AssumeRoleWithWebIdentity')[0]?.parameters.Policy).toBeUndefined();
  expect(stage.requests('AssumeRole')[0]?.parameters).toMatchObject({
    Policy: policy,
    'PolicyArns.member.1.arn': readOnly,
    'PolicyArns.member.2.arn': 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess',
  });
});

test('session policies also work with an ID token', async () => {
  const stage = await openStage();
  await stage.succeeds({
    'role-to-assume': hub,
    'inline-session-policy': policy,
    'managed-session-policies': readOnly,
  });
  expect(stage.requests('AssumeRoleWithWebIdentity')[0]?.parameters).toMatchObject({
    Policy: policy,
    'PolicyArns.member.1.arn': readOnly,
  });
});

test('a policy that AWS cannot parse is refused once, and AWS’s message is shown', async () => {
  const stage = await openStage();
  const { log } = await stage.fails({ ...chain, 'inline-session-policy': '{"Statement":[{"Effect":"Perhaps"}]}' });
  expect(log).toContain('MalformedPolicyDocument');
  expect(stage.requests('AssumeRole')).toHaveLength(1);
});

const eleven = Array.from({ length: 11 }, (_, index) => `arn:aws:iam::aws:policy/p${index}`).join('\n');

test.each([
  ['invalid JSON', { 'inline-session-policy': '{"Version":' }, 'inline-session-policy', 'not valid JSON'],
  ['too long', { 'inline-session-policy': JSON.stringify({ Sid: 'x'.repeat(2040) }) }, 'session policies', '2048'],
  ['eleven ARNs', { 'managed-session-policies': eleven }, 'managed-session-policies', 'at most 10'],
  ['an empty item', { 'managed-session-policies': `${readOnly},,${readOnly}` }, 'managed-session-policies', 'empty'],
  [
    'a policy of another account',
    { 'managed-session-policies': 'arn:aws:iam::111111111111:policy/own' },
    'managed-session-policies',
    '222222222222',
  ],
])('a session policy is an error: %s', async (_, inputs, where, what) => {
  const stage = await openStage();
  await stage.refuses({ ...chain, ...inputs }, where, what);
});

test('an external id is sent to the last role, which denies any other', async () => {
  const audited = 'arn:aws:iam::222222222222:role/audited';
  const stage = await openStage();
  await stage.succeeds({ 'role-chain': chainOf(hub, audited), 'role-external-id': 'partner-42' });
  await stage.fails({ 'role-chain': chainOf(hub, audited), 'role-external-id': 'partner-43' });
  expect(stage.requests('AssumeRole').map(({ parameters }) => parameters.ExternalId)).toEqual([
    'partner-42',
    'partner-43',
  ]);
});

test.each([
  ['role-external-id', 'x'],
  ['role-external-id', 'with blank'],
  ['source-identity', 'x'],
  ['source-identity', 'aws:me'],
])('%s is rejected as AWS would: %s', async (name, value) => {
  const stage = await openStage();
  await stage.refuses({ ...keys, 'role-to-assume': hub, [name]: value }, name, `'${value}'`, '2 to');
});
