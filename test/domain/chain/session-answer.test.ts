import { describe, expect, it } from 'vitest';
import { callerOf, sessionIdentity, wrongSession } from '../../../src/domain/chain/session-answer.js';
import type { RoleArn } from '../../../src/domain/identifiers/arn.js';

const role: RoleArn = {
  arn: 'arn:aws:iam::111111111111:role/team/Deploy',
  partition: 'aws',
  accountId: '111111111111',
  path: '/team/',
  name: 'Deploy',
};
const nowhere: RoleArn = { ...role, arn: 'arn:aws:iam:::role/Deploy', accountId: '', path: '/' };
const credentials = {
  accessKeyId: 'ASIA',
  secretAccessKey: 's',
  sessionToken: 't',
  expiration: new Date('2026-01-01T01:00:00Z'),
};

describe('the ARN in an answer to AssumeRole', () => {
  it.each<[string | undefined, string | undefined, string | undefined]>([
    ['arn:aws:sts::111111111111:assumed-role/Deploy/GitHubActions', undefined, undefined],
    ['arn:aws:sts::111111111111:assumed-role/deploy/GitHubActions', undefined, undefined],
    ['arn:aws-cn:sts::111111111111:assumed-role/DEPLOY/x', undefined, undefined],
    ['arn:aws:sts::111111111111:assumed-role/team/Deploy/x', 'WrongSession', undefined],
    ['arn:aws:sts::222222222222:assumed-role/Deploy/x', 'WrongSession', 'WrongSession'],
    ['arn:aws:sts::111111111111:assumed-role/Deployer/x', 'WrongSession', 'WrongSession'],
    ['arn:aws:sts::111111111111:assumed-role/x/Deploy', 'WrongSession', 'WrongSession'],
    ['arn:aws:sts::222222222222:assumed-role/Deploy', 'WrongSession', 'WrongSession'],
    [undefined, 'IncompleteAnswer', undefined],
    ['', 'IncompleteAnswer', undefined],
    ['arn:aws:iam::111111111111:user/Deploy', 'WrongSession', undefined],
    ['arn:aws:sts:::assumed-role/Deploy/x', 'WrongSession', undefined],
    ['arn:aws:sts:::assumed-role/Other/x', 'WrongSession', 'WrongSession'],
    ['Deploy', 'WrongSession', undefined],
  ])('%s: from AWS %s, elsewhere %s', (arn, atAws, elsewhere) => {
    expect(wrongSession({ arn, credentials, isAws: true }, role)?.code).toBe(atAws);
    expect(wrongSession({ arn, credentials, isAws: false }, role)?.code).toBe(elsewhere);
  });

  it('is not compared with a role without an account', () => {
    const arn = 'arn:aws:sts::111111111111:assumed-role/Deploy/x';
    expect(wrongSession({ arn, credentials, isAws: false }, nowhere)).toBeUndefined();
    expect(wrongSession({ arn: 'arn:aws:sts:::assumed-role/Other/x', credentials, isAws: false }, nowhere)?.code).toBe(
      'WrongSession',
    );
  });

  it("gives the session's ARN, or the role's ARN replaces it", () => {
    const arn = 'arn:aws:sts:::assumed-role/Deploy/x';
    expect(sessionIdentity(arn, role, 'y')).toMatchObject({ arn, accountId: '111111111111', roleSessionName: 'x' });
    expect(sessionIdentity('', role, 'y')).toMatchObject({
      arn: '',
      accountId: '111111111111',
      name: 'Deploy',
      roleSessionName: 'y',
    });
  });
});

describe('the expiration of a session', () => {
  const arn = 'arn:aws:sts::111111111111:assumed-role/Deploy/x';
  it.each<[string | undefined, string | undefined]>([
    ['2026-01-01T00:59:59Z', undefined],
    ['2026-01-01T01:00:00Z', 'SessionEnded'],
    ['2026-01-01T02:00:00Z', 'SessionEnded'],
    [undefined, undefined],
  ])('is compared with the date of the answer, %s: %s', (date, code) => {
    const answer = { arn, credentials, isAws: true, ...(date !== undefined && { date: new Date(date) }) };
    expect(wrongSession(answer, role)?.code).toBe(code);
  });
});

describe('keys in an answer to AssumeRole', () => {
  it.each(['accessKeyId', 'secretAccessKey', 'sessionToken'])('%s: contain only characters of keys', (name) => {
    for (const text of ['a\nb', 'a b', ' ', 'a\0', 'a\u00e9', '\u2028', 'a\r']) {
      const given = { ...credentials, [name]: text };
      expect(wrongSession({ arn: undefined, credentials: given, isAws: false }, role)?.code).toBe(
        'MalformedCredentials',
      );
    }
  });
});

describe('the caller in an answer to GetCallerIdentity', () => {
  const user = 'arn:aws:iam::111111111111:user/ci';
  it.each<[string | undefined, string | undefined, string, string]>([
    [user, '111111111111', '111111111111', '111111111111'],
    [user, '222222222222', 'WrongIdentity', 'WrongIdentity'],
    [undefined, '111111111111', 'IncompleteAnswer', '111111111111'],
    [user, undefined, 'IncompleteAnswer', '111111111111'],
    [undefined, undefined, 'IncompleteAnswer', 'IncompleteAnswer'],
    ['arn:aws:iam:::user/ci', '111111111111', 'WrongIdentity', '111111111111'],
    ['somebody', '111111111111', 'WrongIdentity', '111111111111'],
  ])('ARN %s, account %s: from AWS %s, elsewhere %s', (arn, account, atAws, elsewhere) => {
    const outcome = (isAws: boolean) => {
      const caller = callerOf({ arn, account }, isAws);
      return 'code' in caller ? caller.code : caller.accountId;
    };
    expect([outcome(true), outcome(false)]).toEqual([atAws, elsewhere]);
  });
});
