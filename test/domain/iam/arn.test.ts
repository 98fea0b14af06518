import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAccountId, isRoleArn, parseIdentityArn, parseRole, roleArn } from '../../../src/domain/iam/arn.js';
import { partitions } from '../../../src/domain/iam/partition.js';

const account = '111111111111';
const longName = 'n'.repeat(64);
const longPath = `/${'p'.repeat(510)}/`;

describe('a role in full', () => {
  it.each([
    [`arn:aws:iam::${account}:role/deploy`, 'aws', '/', 'deploy'],
    [`arn:aws-cn:iam::${account}:role/deploy`, 'aws-cn', '/', 'deploy'],
    [`arn:aws-us-gov:iam::${account}:role/deploy`, 'aws-us-gov', '/', 'deploy'],
    [`arn:aws-iso:iam::${account}:role/deploy`, 'aws-iso', '/', 'deploy'],
    [`arn:aws-iso-b:iam::${account}:role/deploy`, 'aws-iso-b', '/', 'deploy'],
    [`arn:aws-iso-e:iam::${account}:role/deploy`, 'aws-iso-e', '/', 'deploy'],
    [`arn:aws-iso-f:iam::${account}:role/deploy`, 'aws-iso-f', '/', 'deploy'],
    [`arn:aws-eusc:iam::${account}:role/deploy`, 'aws-eusc', '/', 'deploy'],
    [`arn:aws:iam::${account}:role/ci/team-a/deploy`, 'aws', '/ci/team-a/', 'deploy'],
    [`arn:aws:iam::${account}:role/service-role/deploy`, 'aws', '/service-role/', 'deploy'],
    [`arn:aws:iam::${account}:role/a:b!~/deploy`, 'aws', '/a:b!~/', 'deploy'],
    [`arn:aws:iam::${account}:role/a_b+c=d,e.f@g-h`, 'aws', '/', 'a_b+c=d,e.f@g-h'],
    [`arn:aws:iam::${account}:role/${longName}`, 'aws', '/', longName],
    [`arn:aws:iam::${account}:role${longPath}x`, 'aws', longPath, 'x'],
    [`arn:aws:iam::${account}:role/AWSReserved`, 'aws', '/', 'AWSReserved'],
  ])('%s', (arn, partition, path, name) => {
    expect(parseRole(arn, 'here')).toEqual({ arn, partition, accountId: account, path, name });
  });

  it('keeps the zero an account id begins with', () => {
    expect(parseRole('arn:aws:iam::012345678912:role/x', '')).toMatchObject({ accountId: '012345678912' });
  });
});

describe('what is no role that STS can assume is refused, and the words say why', () => {
  it.each([
    [`arn:aws:sts::${account}:assumed-role/deploy/session`, 'the ARN of a session', 'role/deploy'],
    [`arn:aws:iam::${account}:role/a,arn:aws:iam::${account}:role/b`, 'more than one ARN', 'one role per line'],
    [`arn:aws:iam::${account}:user/alice`, 'not the ARN of an IAM role', 'role/<name>'],
    [`arn:aws:iam::${account}:root`, 'not the ARN of an IAM role', 'role/<name>'],
    [`arn:aws:iam::${account}:instance-profile/x`, 'not the ARN of an IAM role', 'role/<name>'],
    [`arn:aws:iam::${account}:Role/x`, 'not the ARN of an IAM role', 'role/<name>'],
    [`arn:aws:s3::${account}:role/x`, 'not the ARN of an IAM role', 'role/<name>'],
    [`arn:aws:iam:us-east-1:${account}:role/x`, 'not the ARN of an IAM role', 'role/<name>'],
    ['arn:aws:iam::11111111111:role/x', '11 digits instead of 12', 'twelve'],
    ['arn:aws:iam::1111111111111:role/x', '13 digits instead of 12', 'twelve'],
    ['arn:aws:iam:::role/x', "has '' instead of 12", 'twelve'],
    ['arn:aws:iam::my-account:role/x', "has 'my-account' instead of 12", 'twelve'],
    ['arn:aws:iam::１１１１１１１１１１１１:role/x', 'instead of 12', 'twelve'],
    [`arn:amazon:iam::${account}:role/x`, 'no AWS partition', 'aws-cn'],
    [`arn::iam::${account}:role/x`, 'no AWS partition', 'aws-cn'],
    [`arn:AWS:iam::${account}:role/x`, 'no AWS partition', 'aws-cn'],
    [`arn:aws:iam::${account}:role/`, 'path and name', '1 to 64'],
    [`arn:aws:iam::${account}:role`, 'not the ARN of an IAM role', 'role/<name>'],
    [`arn:aws:iam::${account}:role/a/`, 'path and name', '1 to 64'],
    [`arn:aws:iam::${account}:role//a`, 'path and name', '1 to 64'],
    [`arn:aws:iam::${account}:role/${longName}n`, 'path and name', '1 to 64'],
    [`arn:aws:iam::${account}:role${longPath.replace('p', 'pp')}x`, 'path and name', '512'],
    [`arn:aws:iam::${account}:role/deploy*`, 'path and name', '1 to 64'],
    [`arn:aws:iam::${account}:role/déploy`, 'path and name', '1 to 64'],
    [`arn:aws:iam::${account}:role/pfad-ä/x`, 'path and name', '1 to 64'],
    [`arn:aws:iam::${account}:role/a b`, 'white space', 'one role per line'],
    [`arn:aws:iam::${account}:role/a\nb`, 'white space or a line break', 'one role per line'],
    [`arn:aws:iam::${account}:role/a\u0000`, 'white space', 'one role per line'],
    [`arn:aws:iam::${account}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`, 'service-linked', 'your own'],
    [
      `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_1`,
      'Identity Center',
      'your own',
    ],
    [`arn:aws:iam::${account}:role/AWSReservedSSO_Admin_0123456789abcdef`, 'Identity Center', 'your own'],
    ['arn:', 'no AWS partition', 'aws-cn'],
  ])('%j', (text, what, fix) => {
    const problem = parseRole(text, 'role-chain, hop 2');
    expect(problem).toMatchObject({ where: 'role-chain, hop 2' });
    expect(problem).toHaveProperty('what', expect.stringContaining(what));
    expect(problem).toHaveProperty('fix', expect.stringContaining(fix));
  });
});

describe('a role by its name', () => {
  it.each([
    ['deploy', '/', 'deploy'],
    ['/deploy', '/', 'deploy'],
    ['ci/deploy', '/ci/', 'deploy'],
    ['/ci/team/deploy', '/ci/team/', 'deploy'],
    ['ARN', '/', 'ARN'],
  ])('%s', (text, path, name) => {
    expect(parseRole(text, '')).toEqual({ path, name });
  });

  it.each([
    '',
    '/',
    'deploy/',
    'a b',
    'a:b',
    'Arn:aws:iam::111111111111:role/x',
    '111111111111:role/x',
    longName + longName,
  ])('but not %j', (text) => {
    expect(parseRole(text, '')).toHaveProperty('what', expect.stringContaining('neither the ARN nor the name'));
  });
});

describe('round trips', () => {
  const name = fc.stringMatching(/^[\w+=,.@-]{1,64}$/).filter((text) => !text.startsWith('AWSReservedSSO_'));
  const path = fc
    .array(fc.stringMatching(/^[\w.!:@-]{1,40}$/), { maxLength: 8 })
    .map((parts) => (parts.length === 0 ? '/' : `/${parts.join('/')}/`))
    .filter((text) => !text.startsWith('/aws-service-role/'));
  const partition = fc.constantFrom(...partitions.map(({ id }) => id));
  const accountId = fc.stringMatching(/^\d{12}$/);

  it('an ARN made of parts is read back as the same parts', () => {
    fc.assert(
      fc.property(partition, accountId, path, name, (part, id, folder, role) => {
        const made = roleArn(part, id, { path: folder, name: role });
        expect(parseRole(made.arn, '')).toEqual(made);
      }),
    );
  });

  it('a path and name are read back, with or without the first slash', () => {
    fc.assert(
      fc.property(path, name, (folder, role) => {
        fc.pre(!folder.includes(':'));
        expect(parseRole(`${folder}${role}`, '')).toEqual({ path: folder, name: role });
        expect(parseRole(`${folder}${role}`.slice(1), '')).toEqual({ path: folder, name: role });
      }),
    );
  });

  it('no text makes the reader throw, and what it accepts has the grammar of IAM', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `arn:aws:iam::111111111111:role/${text}`),
        ),
        (text) => {
          const role = parseRole(text, '');
          if (!('what' in role) && isRoleArn(role)) {
            expect(role.arn).toBe(text);
            expect(role.arn).toMatch(/^arn:aws:iam::\d{12}:role\/([!-~]+\/)?[\w+=,.@-]{1,64}$/);
          }
        },
      ),
    );
  });
});

describe('who a session or user is', () => {
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

  it('an account id is twelve ASCII digits and nothing else', () => {
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
