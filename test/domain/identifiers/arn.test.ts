import { describe, expect, it } from 'vitest';
import { isAccountId, parseIdentityArn } from '../../../src/domain/identifiers/arn.js';

const account = '111111111111';

describe('the identity of a session or user', () => {
  it.each([
    [`arn:aws:iam::${account}:user/alice`, 'user', 'alice', ''],
    [`arn:aws:iam::${account}:user/teams/a/alice`, 'user', 'alice', ''],
    [`arn:aws:sts::${account}:assumed-role/deploy/GitHubActions`, 'assumed-role', 'deploy', 'GitHubActions'],
    [
      `arn:aws-cn:sts::${account}:assumed-role/deploy/i-0123456789abcdef0`,
      'assumed-role',
      'deploy',
      'i-0123456789abcdef0',
    ],
    [`arn:aws:sts::${account}:federated-user/bob`, 'federated-user', 'bob', ''],
    [`arn:aws:iam::${account}:root`, 'root', 'root', ''],
    [`arn:aws:iam::${account}:something/else`, 'other', 'else', ''],
  ])('%s', (arn, kind, name, roleSessionName) => {
    const partition = arn.split(':')[1];
    expect(parseIdentityArn(arn)).toEqual({ arn, partition, accountId: account, kind, name, roleSessionName });
  });

  it('an account ID is twelve ASCII digits and nothing else', () => {
    const texts = [
      '012345678912',
      '12345678912',
      '0123456789123',
      '01234567891a',
      ' 012345678912',
      '012345678912\n',
      '',
    ];
    expect(texts.filter(isAccountId)).toEqual(['012345678912']);
  });
});
