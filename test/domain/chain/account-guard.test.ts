import { describe, expect, it } from 'vitest';
import { guardFailure } from '../../../src/domain/chain/account-guard.js';
import { whyNotWanted } from '../../../src/domain/chain/existing-identity.js';
import { parseIdentityArn } from '../../../src/domain/identifiers/arn.js';
import { hopTo, roleIn, targetOf } from '../../support/example-chain.js';

describe('the account guard', () => {
  const operation = 'AssumeRole';
  it.each<[string[][], boolean]>([
    [[], true],
    [[['111111111111']], true],
    [[['222222222222', '111111111111']], true],
    [[['111111111111'], ['111111111111', '222222222222']], true],
    [[['222222222222']], false],
    [[['111111111111'], ['222222222222']], false],
    [[[]], false],
  ])('%j accepts the account: %s', (allowedAccountIds, isAllowed) => {
    expect(guardFailure('111111111111', { allowedAccountIds, operation }) === undefined).toBe(isAllowed);
  });

  it('reports the account and the list', () => {
    expect(guardFailure('111111111111', { allowedAccountIds: [['222222222222', '333333333333']], operation })).toEqual({
      operation,
      code: 'AccountNotAllowed',
      message: 'the session is in account 111111111111, and allowed-account-ids names only 222222222222, 333333333333',
      attempts: 1,
    });
  });
});

describe('an existing identity', () => {
  const wanted = targetOf([hopTo(roleIn(1, 'hub')), hopTo(roleIn(2, 'deploy'))]);
  const byName = targetOf([{ ...hopTo(roleIn(2, 'deploy')), role: { path: '/', name: 'deploy' } }]);
  const guarded = targetOf([hopTo(roleIn(2, 'deploy'), { allowedAccountIds: [['333333333333']] })]);
  const anybody = targetOf([]);
  const guardedBase = targetOf([], { allowedAccountIds: [['333333333333']] });

  it.each([
    ['the wanted role', 'arn:aws:sts::222222222222:assumed-role/deploy/any', wanted, undefined],
    [
      'the role of a hop before',
      'arn:aws:sts::111111111111:assumed-role/hub/any',
      wanted,
      'which is not the requested role',
    ],
    [
      'its name in another account',
      'arn:aws:sts::333333333333:assumed-role/deploy/any',
      wanted,
      'which is not the requested role',
    ],
    [
      'its name in another partition',
      'arn:aws-cn:sts::222222222222:assumed-role/deploy/any',
      wanted,
      'which is not the requested role',
    ],
    [
      'its name in another letter case',
      'arn:aws:sts::222222222222:assumed-role/Deploy/any',
      wanted,
      'which is not the requested role',
    ],
    ['a user of its name', 'arn:aws:iam::222222222222:user/deploy', wanted, 'which is not the requested role'],
    [
      'a role name without a known account',
      'arn:aws:sts::333333333333:assumed-role/deploy/any',
      byName,
      expect.stringContaining('allowed-account-ids'),
    ],
    [
      'the wanted role in an account that is not allowed',
      'arn:aws:sts::222222222222:assumed-role/deploy/any',
      guarded,
      'whose account allowed-account-ids does not name',
    ],
    ['any identity when no role is given', 'arn:aws:iam::222222222222:user/alice', anybody, undefined],
    [
      'any identity in an account that is not allowed',
      'arn:aws:iam::222222222222:user/alice',
      guardedBase,
      'whose account allowed-account-ids does not name',
    ],
  ])('%s', (_, arn, target, reason) => {
    expect(whyNotWanted(parseIdentityArn(arn), target)).toEqual(reason);
  });
});
