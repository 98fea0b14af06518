import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../../emulator/server/emulator.js';
import type { PolicyDocument, RoleDocument, UserDocument } from '../../../emulator/world/world.js';
import { bot } from '../../support/example-world.js';
import { startExample } from '../../support/start-example.js';
import { clientOf, refusalOf } from '../../support/sts-client.js';
import { policy } from '../../support/world-roles.js';

const root = 'arn:aws:iam::111111111111:root';
const near = 'arn:aws:iam::111111111111:role/target';
const far = 'arn:aws:iam::222222222222:role/target';
const mayAssume = policy({ Action: 'sts:AssumeRole', Resource: '*' });

let emulator: Emulator | undefined;
beforeEach(() => emulator?.close());
afterAll(() => emulator?.close());

interface Setting {
  readonly target: string;
  readonly trust: PolicyDocument;
  readonly user?: Partial<UserDocument>;
  readonly control?: PolicyDocument;
  readonly role?: Partial<RoleDocument>;
  /** The resource control policy of the role's account; AWS requires a principal in it. */
  readonly resourceControl?: PolicyDocument;
  /** The organization path of the caller's account. */
  readonly organizationPath?: string;
}

async function outcome({
  target,
  trust,
  user,
  control,
  role,
  resourceControl,
  organizationPath,
}: Setting): Promise<string> {
  emulator = await startExample((world) => {
    const caller = world.accounts['111111111111']?.users?.['ci-bot'];
    Object.assign(caller ?? {}, { policies: [], ...user });
    const account = world.accounts[target.split(':')[4] ?? ''];
    Object.assign(account?.roles ?? {}, { target: { trustPolicy: trust, ...role } });
    const own = world.accounts['111111111111'];
    if (resourceControl !== undefined && account !== undefined) {
      account.resourceControlPolicies = [resourceControl];
    }
    if (organizationPath !== undefined && own !== undefined) {
      own.organizationPath = organizationPath;
    }
    if (control !== undefined && own !== undefined) {
      own.serviceControlPolicies = [control];
    }
  });
  const call = clientOf(emulator).send(new AssumeRoleCommand({ RoleArn: target, RoleSessionName: 'ab' }));
  return call.then(
    () => 'allowed',
    async () => (await refusalOf(call)).message.replace(/^User: .* on resource: \S+/, 'denied'),
  );
}

function trusting(principal: unknown, more: Record<string, unknown> = {}): PolicyDocument {
  return policy({ Principal: principal, Action: 'sts:AssumeRole', ...more });
}

describe('whose policies must allow', () => {
  test.each<[string, Setting, string]>([
    ['same account, user named', { target: near, trust: trusting({ AWS: bot }) }, 'allowed'],
    ['same account, everyone named', { target: near, trust: trusting('*') }, 'allowed'],
    ['same account, account named', { target: near, trust: trusting({ AWS: root }) }, 'denied'],
    [
      'same account, account named, user allowed',
      { target: near, trust: trusting({ AWS: '111111111111' }), user: { policies: [mayAssume] } },
      'allowed',
    ],
    [
      'same account, user named, another action denied by a resource control policy',
      {
        target: near,
        trust: trusting({ AWS: bot }),
        resourceControl: policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }),
      },
      'allowed',
    ],
    ['cross account, user named', { target: far, trust: trusting({ AWS: bot }) }, 'denied'],
    ['cross account, everyone named', { target: far, trust: trusting({ AWS: '*' }) }, 'denied'],
    [
      'cross account, both allow',
      { target: far, trust: trusting({ AWS: bot }), user: { policies: [mayAssume] } },
      'allowed',
    ],
    [
      'cross account, only the user allows',
      { target: far, trust: trusting({ AWS: [] }), user: { policies: [mayAssume] } },
      'denied',
    ],
    [
      'a service named',
      { target: near, trust: trusting({ Service: 'ec2.amazonaws.com' }), user: { policies: [mayAssume] } },
      'denied',
    ],
    [
      'a managed policy',
      {
        target: far,
        trust: trusting({ AWS: bot }),
        user: { policies: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
      },
      'allowed',
    ],
    [
      'a silent boundary',
      {
        target: far,
        trust: trusting({ AWS: bot }),
        user: { policies: [mayAssume], permissionsBoundary: policy({ Action: 's3:*', Resource: '*' }) },
      },
      'denied',
    ],
    [
      'a silent control policy',
      { target: near, trust: trusting({ AWS: bot }), control: policy({ Action: 's3:*', Resource: '*' }) },
      'denied',
    ],
  ])('%s', async (_name, setting, expected) => {
    expect(await outcome(setting)).toBe(expected);
  });

  const deny = { Effect: 'Deny', Action: 'sts:*' };
  test.each<[string, Partial<Setting>]>([
    ['an identity-based policy', { user: { policies: [policy({ ...deny, Resource: '*' }), mayAssume] } }],
    ['a permissions boundary', { user: { permissionsBoundary: policy({ ...deny, Resource: '*' }) } }],
    ['a service control policy', { control: policy({ ...deny, Resource: '*' }) }],
    ['a resource control policy', { resourceControl: policy({ ...deny, Principal: '*', Resource: '*' }) }],
    ['a resource-based policy', { trust: policy({ ...deny, Principal: '*' }) }],
  ])('an explicit deny in %s is named', async (place, setting) => {
    const message = await outcome({ target: near, trust: trusting({ AWS: bot }), ...setting });
    expect(message).toBe(`denied with an explicit deny in ${place}`);
  });
});

describe('a statement with an exclusion', () => {
  const regionGuard = (...exempt: string[]) => ({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      {
        Effect: 'Deny',
        NotAction: exempt,
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
      },
    ],
  });
  const allowing = (...statements: Record<string, unknown>[]) => ({
    target: far,
    user: { policies: statements.map((statement) => policy({ Action: 'sts:*', ...statement })) },
  });
  const variable = `arn:aws:iam::*:role/\${aws:PrincipalTag/Team}-*`;

  test.each<[string, Partial<Setting>, string]>([
    ['a Region guard that exempts STS', { control: regionGuard('iam:*', 'sts:*') }, 'allowed'],
    [
      'a Region guard that exempts IAM',
      { control: regionGuard('iam:*') },
      'denied with an explicit deny in a service control policy',
    ],
    ['a trust policy by NotAction', { trust: policy({ Principal: { AWS: bot }, NotAction: 's3:*' }) }, 'allowed'],
    [
      'a trust policy by NotAction of STS',
      { trust: policy({ Principal: { AWS: bot }, NotAction: 'STS:assume*' }) },
      'denied',
    ],
    ['a NotResource that names another role', allowing({ NotResource: near }), 'allowed'],
    ['a NotResource that names the role', allowing({ NotResource: far }), 'denied'],
    ['an Allow by NotResource with an unset variable', allowing({ NotResource: variable }), 'denied'],
    [
      'a Deny by NotResource with an unset variable',
      allowing({ Resource: '*' }, { Effect: 'Deny', Action: '*', NotResource: variable }),
      'denied with an explicit deny in an identity-based policy',
    ],
  ])('%s', async (_name, setting, expected) => {
    expect(await outcome({ target: near, trust: trusting({ AWS: bot }), ...setting })).toBe(expected);
    expect(emulator?.notes).toEqual([]);
  });
});

describe('organizations', () => {
  const unit = 'o-abcdefghij/r-ab12/ou-ab12-11111111/';
  test.each<[string, string, string]>([
    [unit, `${unit}*`, 'allowed'],
    [unit, 'o-abcdefghij/r-ab12/ou-ab12-2*', 'denied'],
  ])('a caller in %s, a condition on %s: %s', async (organizationPath, wanted, expected) => {
    const Condition = { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': [wanted] } };
    expect(await outcome({ target: near, trust: trusting({ AWS: bot }, { Condition }), organizationPath })).toBe(
      expected,
    );
    expect(emulator?.notes).toEqual([]);
  });
});

describe('an unknown policy element', () => {
  test.each<[string, PolicyDocument, string]>([
    ['NotPrincipal', policy({ NotPrincipal: { AWS: 'x' }, Action: 'sts:AssumeRole' }), 'NotPrincipal'],
    ['Action with NotAction', policy({ Principal: '*', Action: 'sts:*', NotAction: 's3:*' }), 'Action with NotAction'],
    ['an unknown key', trusting('*', { Condition: { StringEquals: { 'aws:Moon': 'x' } } }), 'condition key aws:Moon'],
    [
      'an unknown operator',
      trusting('*', { Condition: { StringIs: { 'aws:username': 'x' } } }),
      'condition operator StringIs',
    ],
    ['a wildcard principal', trusting({ AWS: 'arn:aws:iam::111111111111:user/*' }), 'wildcard in principal'],
  ])('%s denies, with a note', async (_name, trust, note) => {
    expect(await outcome({ target: near, trust })).toBe('denied');
    expect(emulator?.notes.join()).toContain(note);
  });

  const deny = (statement: Record<string, unknown>) =>
    policy({ Effect: 'Deny', Action: '*', Resource: '*', ...statement });
  const never = { StringEquals: { 'aws:username': 'nobody' } };
  test.each<[string, PolicyDocument & { Foo?: string }, string]>([
    ['an unknown variable', deny({ Resource: `arn:aws:iam::*:role/\${aws:Foo}` }), `variable \${aws:Foo}`],
    ['an unknown variable next to a match', deny({ Resource: ['*', `arn:\${Foo,'x'}`] }), `variable \${Foo,'x'}`],
    ['an unfinished variable', deny({ Resource: `arn:\${aws:username` }), `variable \${aws:username`],
    ['a number for Action', deny({ Action: 5 }), 'Action 5'],
    ['an object for Action', deny({ Action: { a: 'sts:*' } }), 'Action {"a":"sts:*"}'],
    ['an Action without a service', deny({ Action: ['AssumeRole'] }), 'Action ["AssumeRole"]'],
    ['an empty Action', deny({ Action: [] }), 'Action []'],
    ['no Action', deny({ Action: undefined }), 'no Action'],
    ['an object for Resource', deny({ Resource: { a: '*' } }), 'Resource {"a":"*"}'],
    ['a list of numbers for Resource', deny({ Resource: [5] }), 'Resource [5]'],
    ['a Resource that is not an ARN', deny({ Resource: 'role/target' }), 'Resource "role/target"'],
    ['no Resource', deny({ Resource: undefined }), 'no Resource'],
    ['an unknown element of a statement', deny({ Foo: 'bar', Condition: never }), 'Foo'],
    ['an unknown element of the policy', { ...deny({ Condition: never }), Foo: 'bar' }, 'Foo'],
    ['an unknown Version', { ...deny({ Condition: never }), Version: '2030-01-01' }, 'Version "2030-01-01"'],
  ])('%s in an identity policy denies, and the note names both', async (_name, broken, note) => {
    const user = { policies: [mayAssume, broken] };
    const message = await outcome({ target: far, trust: trusting({ AWS: bot }), user });
    expect(message).toBe('denied with an explicit deny in an identity-based policy');
    expect(emulator?.notes.join()).toContain(`${note} in identity-based policy 2 of ${bot} (sts:AssumeRole on ${far})`);
  });

  test.each<[string, Partial<Setting>, string]>([
    [
      'a permissions boundary',
      { user: { permissionsBoundary: deny({ Action: 5 }) } },
      `permissions boundary 1 of ${bot}`,
    ],
    ['a service control policy', { control: deny({ Action: 5 }) }, 'service control policy 1 of 111111111111'],
    ['a resource-based policy', { trust: trusting('*', { Effect: 'Deny', Action: 5 }) }, 'the trust policy'],
  ])('in %s denies as well', async (place, setting, named) => {
    const message = await outcome({ target: near, trust: trusting({ AWS: bot }), ...setting });
    expect(message).toBe(`denied with an explicit deny in ${place}`);
    expect(emulator?.notes.join()).toContain(`Action 5 in ${named} `);
  });

  test.each<[unknown, string]>([
    [{}, 'Principal'],
    [{ AWS: [] }, 'principal of kind AWS'],
    [{ AWS: 'ci-bot' }, 'principal ci-bot of kind AWS'],
    [{ AWS: [bot, `arn:aws:iam::111111111111:user/\${aws:username}`] }, `user/\${aws:username} of kind AWS`],
    [{ Federated: '*' }, 'principal * of kind Federated'],
    [{ Service: 'ec2' }, 'principal ec2 of kind Service'],
  ])('a Deny on the principal %j denies', async (Principal, note) => {
    const Statement = [trusting({ AWS: bot }), trusting(Principal, { Effect: 'Deny' })].flatMap((one) => one.Statement);
    const message = await outcome({ target: near, trust: { Version: '2012-10-17', Statement } });
    expect(message).toBe('denied with an explicit deny in a resource-based policy');
    expect(emulator?.notes.join()).toContain(`${note} in the trust policy`);
  });

  test('a trust statement without Action allows nothing', async () => {
    expect(await outcome({ target: near, trust: trusting('*', { Action: undefined }) })).toBe('denied');
    expect(emulator?.notes.join()).toContain('no Action in the trust policy');
  });

  test.each<[string, Record<string, unknown>]>([
    ['a bad range', { IpAddress: { 'aws:SourceIp': '10.0.0.0/99' } }],
    ['another bad range', { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/x' } }],
    ['an unknown variable', { StringEquals: { 'sts:RoleSessionName': `\${aws:Foo}` } }],
    ['a prefixed Null', { 'ForAllValues:Null': { 'sts:ExternalId': 'true' } }],
  ])('a Deny on %s denies, and an Allow on it allows nothing', async (_name, Condition) => {
    const user = { policies: [mayAssume, deny({ Condition })] };
    const message = await outcome({ target: far, trust: trusting({ AWS: bot }), user });
    expect(message).toBe('denied with an explicit deny in an identity-based policy');
    emulator?.close();
    expect(await outcome({ target: near, trust: trusting('*', { Condition }) })).toBe('denied');
    expect(emulator?.notes).toEqual([expect.stringMatching(/^not evaluated, so it denies: .* in the trust policy/)]);
  });

  test.each(['2008-10-17', '2012-10-17', undefined])('Id, Sid and Version %s are accepted', async (Version) => {
    const [statement] = [mayAssume.Statement].flat();
    const policies = [{ Version, Id: 'a', Statement: { Sid: 'b', ...statement } } as PolicyDocument];
    expect(await outcome({ target: far, trust: trusting({ AWS: bot }), user: { policies } })).toBe('allowed');
    expect(emulator?.notes).toEqual([]);
  });
});
