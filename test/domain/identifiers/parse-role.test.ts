import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRoleArn, roleArn } from '../../../src/domain/identifiers/arn.js';
import { parseRole } from '../../../src/domain/identifiers/parse-role.js';
import { partitions } from '../../../src/domain/identifiers/partition.js';
import { deploy } from '../../support/example-world.js';
import { reportedAt } from '../../support/nodes.js';

const account = '111111111111';
const longName = 'n'.repeat(64);
const longPath = `/${'p'.repeat(510)}/`;

/** The parsed role, or its problems. */
function read(text: string) {
  const { value, problems } = reportedAt('role-chain, hop 2', (place) => parseRole(text, place));
  const [problem] = problems;
  const found = value?.awsRefusal ?? problem;
  const refusal = found && { what: found.what, fix: found.fix };
  return { role: refusal === undefined ? value?.role : undefined, refusal };
}

describe('a complete ARN', () => {
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
    expect(read(arn).role).toEqual({ arn, partition, accountId: account, path, name });
  });

  it('keeps the leading zero of an account ID', () => {
    expect(read('arn:aws:iam::012345678912:role/x').role).toMatchObject({ accountId: '012345678912' });
  });
});

describe('a text that is not a role for STS is rejected with the reason', () => {
  it.each<readonly [string, string, string]>([
    [`arn:aws:sts::${account}:assumed-role/deploy/session`, 'the ARN of a session', 'role/deploy'],
    [`arn:aws:iam::${account}:role/a,arn:aws:iam::${account}:role/b`, 'more than one ARN', 'one role per line'],
    [`arn:aws:iam::${account}:user/alice`, 'the ARN of a user, not of a role', `arn:aws:iam::${account}:role/<name>`],
    [`arn:aws-cn:iam::${account}:policy/a/b`, 'the ARN of a policy', `arn:aws-cn:iam::${account}:role/<name>`],
    [`arn:aws:iam::${account}:oidc-provider/a.example`, 'the ARN of an OIDC provider', 'trusts the provider'],
    [`arn:aws:iam::${account}:assumed-role/a/b`, 'the ARN of a session', `arn:aws:iam::${account}:role/a`],
    [`arn:aws:iam::${account}:root`, 'the ARN of an account', 'role/<name>'],
    [
      `arn:aws:iam::${account}:instance-profile/a/x`,
      'the ARN of an instance profile',
      `arn:aws:iam::${account}:role/x`,
    ],
    ...['iam::', 'iam:', 'iam:::', 'ima::', 's3::', 'sts::', 'iam:us-east-1:', ':iam::'].map(
      (service) =>
        [
          `arn:aws:${service}${account}:Role/x`,
          'not the ARN of an IAM role',
          `like arn:aws:iam::${account}:role/x`,
        ] as const,
    ),
    [`ARN:AWS:IAM::${account}:ROLE/x`, 'neither the ARN nor', `Write arn:aws:iam::${account}:role/x`],
    ['arn:aws:iam::11111111111:role/x', '11 digits instead of 12', 'twelve'],
    ['arn:aws:iam::1111111111111:role/x', '13 digits instead of 12', 'twelve'],
    ['arn:aws:iam:::role/x', 'the account ID of', 'An unset matrix value'],
    ['arn:aws:iam::my-account:role/x', "has 'my-account' instead of 12", 'twelve'],
    ['arn:aws:iam::１１１１１１１１１１１１:role/x', 'a full-width character', 'Retype'],
    ['arn:aws:iam::1111-1111-1111:role/x', 'instead of 12', `Write arn:aws:iam::${account}:role/x`],
    [`arn:amazon:iam::${account}:role/x`, 'no AWS partition', 'aws-cn'],
    [`arn:aws-gov:iam::${account}:role/x`, 'no AWS partition', 'Did you mean aws-us-gov?'],
    [`arn:cn:iam::${account}:role/x`, 'no AWS partition', 'Did you mean aws-cn?'],
    [`arn::iam::${account}:role/x`, 'the partition of', 'An unset matrix value'],
    [`arn:AWS:iam::${account}:role/x`, 'no AWS partition', 'aws-cn'],
    [`arn:aws:iam::${account}:role/`, 'name is empty', 'An unset matrix value'],
    [`arn:aws:iam::${account}:role`, 'not the ARN of an IAM role', 'role/<name>'],
    [`arn:aws:iam::${account}:role/a/`, 'name is empty', 'An unset matrix value'],
    [`arn:aws:iam::${account}:role//a`, 'an empty part', `arn:aws:iam::${account}:role/a if`],
    [`arn:aws:iam::${account}:role/${longName}n`, 'name has 65 characters', 'at most 64'],
    [`arn:aws:iam::${account}:role${longPath.replace('p', 'pp')}x`, 'path has 513 characters', 'at most 512'],
    [`arn:aws:iam::${account}:role/deploy*`, "contains '*'", 'without a pattern'],
    [`arn:aws:iam::${account}:role/déploy`, "contains 'é'", '1 to 64'],
    [`arn:aws:iam::${account}:role/pfad-ä/x`, "contains 'ä'", '1 to 64'],
    [`arn:aws:iam::${account}:role/a b`, 'white space', 'one role per line'],
    [`arn: aws:iam::${account}: role/a`, 'white space', `Write it like arn:aws:iam::${account}:role/a`],
    ['arn:aws:iam::<account ID>:role/a', "contains '<account ID>'", 'without the angle brackets'],
    [`- arn:aws:iam::${account}:role/a`, 'written as a list', 'role-chain takes lists'],
    [`${account}/a`, 'an account ID and a name', `Write arn:aws:iam::${account}:role/a`],
    [`arn:aws:iam::${account}:role/a\nb`, 'white space or a line break', 'one role per line'],
    [`arn:aws:iam::${account}:role/a\u0000`, 'white space', 'one role per line'],
    [`arn:aws:iam::${account}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`, 'service-linked', 'your own'],
    [
      `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_1`,
      'Identity Center',
      'your own',
    ],
    [`arn:aws:iam::${account}:role/AWSReservedSSO_Admin_0123456789abcdef`, 'Identity Center', 'your own'],
    ['arn:', 'the partition of', 'role/<name>'],
  ])('%j', (text, what, fix) => {
    expect(read(text).refusal).toEqual({ what: expect.stringContaining(what), fix: expect.stringContaining(fix) });
  });
});

describe('a role name', () => {
  it.each([
    ['deploy', '/', 'deploy'],
    ['/deploy', '/', 'deploy'],
    ['ci/deploy', '/ci/', 'deploy'],
    ['/ci/team/deploy', '/ci/team/', 'deploy'],
    ['ARN', '/', 'ARN'],
  ])('%s', (text, path, name) => {
    expect(read(text).role).toEqual({ path, name });
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
    expect(read(text).refusal?.what).toContain('neither the ARN nor the name');
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

  it('an ARN built from parts is parsed into the same parts', () => {
    fc.assert(
      fc.property(partition, accountId, path, name, (part, id, folder, role) => {
        const made = roleArn(part, id, { path: folder, name: role });
        expect(read(made.arn).role).toEqual(made);
      }),
    );
  });

  it('a path and name are parsed, with or without the first slash', () => {
    fc.assert(
      fc.property(path, name, (folder, role) => {
        fc.pre(!folder.includes(':'));
        fc.pre(!/^(\d{12}(?:$|\/)|role\/)/.test(`${folder}${role}`.slice(1)));
        expect(read(`${folder}${role}`).role).toEqual({ path: folder, name: role });
        expect(read(`${folder}${role}`.slice(1)).role).toEqual({ path: folder, name: role });
      }),
    );
  });

  it("no text makes the parser throw, and what it accepts follows IAM's grammar", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `arn:aws:iam::111111111111:role/${text}`),
        ),
        (text) => {
          const { role, refusal } = read(text);
          expect(role === undefined).toBe(refusal !== undefined);
          if (role !== undefined && isRoleArn(role)) {
            expect(role.arn).toBe(text);
            expect(role.arn).toMatch(/^arn:aws:iam::\d{12}:role\/([!-~]+\/)?[\w+=,.@-]{1,64}$/);
          }
        },
      ),
    );
  });
});

describe('a recognizable mistake is reported with the text to write', () => {
  const hub = `arn:aws:iam::${account}:role/hub`;

  it.each([
    [account, 'is an account ID, not a role', `arn:aws:iam::${account}:role/<name>`],
    ['role/deploy', "is the end of an ARN, not a role's name", 'the name alone: deploy'],
    [':role/deploy', 'is the end of an ARN', 'arn:aws:iam::<account ID>:role/deploy'],
    [`iam::${account}:role/deploy`, 'an ARN without its beginning', `arn:aws:iam::${account}:role/deploy`],
    [`aws-cn:iam::${account}:role/a/b`, 'an ARN without its beginning', `arn:aws-cn:iam::${account}:role/a/b`],
    [`${account}:role/deploy`, 'neither the ARN nor the name', `arn:aws:iam::${account}:role/deploy`],
    [`"${hub}"`, 'there are quotes around', `Write it without them: ${hub}`],
    [`${hub} -> ${deploy}`, 'more than one role, separated by ->', `${hub}, then ${deploy}`],
    [`${hub};${deploy}`, 'more than one role, separated by ;', `${hub}, then ${deploy}`],
    ['hub → deploy', 'more than one role, separated by →', 'hub, then deploy'],
    [`${hub} ${deploy}`, 'more than one ARN', 'role-chain: | keeps lines apart'],
    [`${hub}, ${deploy}`, 'more than one ARN', `${hub}, then ${deploy}`],
    [`${hub} # the hub`, 'contains a comment', 'a line of its own'],
    ['arn:aws:iam::$ACCOUNT:role/x', "contains '$ACCOUNT'", 'with: does not expand shell variables'],
    ['arn:aws:iam::{{ account }}:role/x', "contains '{{'", 'Write the value itself'],
    [`“${hub}”`, 'with a typographic double quote', 'Retype that character'],
    [`arn:aws:iam::${account}:role/a\u00a0b`, 'with a no-break space', ''],
  ])('%s', (text, what, fix) => {
    expect(read(text).refusal).toEqual({ what: expect.stringContaining(what), fix: expect.stringContaining(fix) });
  });

  it.each(['/role/deploy', 'roles/deploy', 'arn:aws:iam::111111111111:role/a;b|c/deploy', '1234567890123'])(
    'and %s is a valid role',
    (text) => {
      expect(read(text).role).toBeDefined();
    },
  );
});

describe('an ARN that AWS does not have is accepted for an STS of another vendor', () => {
  it.each([
    ['arn:aws:iam:::role/team/S3Access', 'aws', '', '/team/', 'S3Access'],
    ['arn:minio:iam:::role/idp', 'minio', '', '/', 'idp'],
    ['arn:aws:iam::RGW11111111111111111:role/x', 'aws', 'RGW11111111111111111', '/', 'x'],
  ])('%s', (arn, partition, accountId, path, name) => {
    const { value, problems } = reportedAt('', (place) => parseRole(arn, place));
    expect(problems).toEqual([]);
    expect(value?.role).toEqual({ arn, partition, accountId, path, name });
    expect(value?.awsRefusal).toBeDefined();
  });
});
