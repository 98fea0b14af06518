import { expect, test } from 'vitest';
import { deploy, hub } from '../../support/example-world.js';
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

test('a policy that AWS cannot parse is refused once, and AWS’s message is shown', async () => {
  const stage = await openStage();
  const { log } = await stage.fails({ ...chain, 'inline-session-policy': '{"Statement":[{"Effect":"Perhaps"}]}' });
  expect(log).toContain('MalformedPolicyDocument');
  expect(stage.requests('AssumeRole')).toHaveLength(1);
});

test('a session policy that AWS would refuse is an error before any call', async () => {
  const stage = await openStage();
  await stage.refuses({ ...chain, 'inline-session-policy': '{"Version":' }, 'inline-session-policy', 'not valid JSON');
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
