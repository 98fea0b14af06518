import { describe, expect, it } from 'vitest';
import { whyNeverKept, whyNotKept } from '../../../src/domain/chain/existing-identity.js';
import { parseIdentityArn, roleArn } from '../../../src/domain/identifiers/arn.js';

import { hopTo, targetOf } from '../../support/example-chain.js';

const now = Date.UTC(2026, 0, 1);
const deploy = hopTo(roleArn('aws', '222222222222', { path: '/', name: 'deploy' }));
const wanted = targetOf([deploy]);
const identity = parseIdentityArn('arn:aws:sts::222222222222:assumed-role/deploy/earlier');
const cli = { tools: ['AWS CLI and boto3', 'AWS SDK for Go'], identity };
const minutes = (count: number) => new Date(now + count * 60_000);

describe('an existing identity is kept', () => {
  it('when every tool has the wanted role, with at least 15 minutes left or no known expiration', () => {
    expect(whyNotKept([cli], wanted, now)).toBeUndefined();
    expect(whyNotKept([{ ...cli, expiration: minutes(15) }], wanted, now)).toBeUndefined();
  });

  it.each([
    ['too little time is left', [{ ...cli, expiration: minutes(14) }], 'which ends in 14 minutes'],
    ['its time is over', [{ ...cli, expiration: minutes(-1) }], 'which has ended'],
    [
      'the same session ends for one tool',
      [cli, { tools: ['AWS SDK for JavaScript'], identity, expiration: minutes(3) }],
      'which ends in 3 minutes',
    ],
    [
      'one tool is another session',
      [cli, { tools: ['AWS SDK for JavaScript'], identity: parseIdentityArn(`${identity.arn}-2`) }],
      'and the AWS SDK for JavaScript would be arn:aws:sts::222222222222:assumed-role/deploy/earlier-2',
    ],
  ] as const)('but not when %s', (_, found, reason) => {
    expect(whyNotKept([...found] as [typeof cli, ...(typeof cli)[]], wanted, now)).toContain(reason);
  });
});

it.each([
  ['another role', 'arn:aws:sts::222222222222:assumed-role/reader/earlier'],
  ['a role of that name in another account', 'arn:aws:sts::333333333333:assumed-role/deploy/earlier'],
  ['a user', 'arn:aws:iam::222222222222:user/deploy'],
])('an identity is not kept when it is %s', (_, arn) => {
  const other = { ...cli, identity: parseIdentityArn(arn) };
  expect(whyNotKept([other], wanted, now)).toContain('not the requested role');
});

it.each<[string, readonly (readonly string[])[], boolean]>([
  ['no guard', [], false],
  ['several accounts', [['222222222222', '333333333333']], false],
  ['its account', [['222222222222']], true],
  ['its account in one of two guards', [['222222222222', '333333333333'], ['222222222222']], true],
  ['another account', [['333333333333']], false],
])('a role by its name is kept only if one account is allowed: %s', (_, allowedAccountIds, isKept) => {
  const byName = targetOf([{ ...deploy, role: { path: '/', name: 'deploy' }, allowedAccountIds }]);
  expect(whyNotKept([cli], byName, now) === undefined).toBe(isKept);
});

it('no identity is kept when a session policy is declared', () => {
  expect(whyNeverKept(wanted)).toBeUndefined();
  expect(whyNeverKept(targetOf([{ ...deploy, policy: '{}' }]))).toContain('session policy');
  expect(whyNeverKept(targetOf([{ ...deploy, policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }]))).toBeDefined();
  expect(whyNeverKept(targetOf([{ ...deploy, policy: '{}' }, deploy]))).toBeUndefined();
});
