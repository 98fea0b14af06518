import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../../../emulator/server/emulator.js';
import type { SessionKind } from '../../../emulator/session/sessions.js';
import { bot, deploy, hub, spoke } from '../../support/example-world.js';
import { startExample } from '../../support/start-example.js';
import type { Keys } from '../../support/sts-client.js';
import { clientOf, keysOf, refusalOf } from '../../support/sts-client.js';
import { policy } from '../../support/world-roles.js';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startExample((world) => {
    const hubAccount = world.accounts['111111111111'];
    if (hubAccount !== undefined) {
      hubAccount.root = { accessKeys: [rootKeys] };
    }
  });
});
afterAll(() => emulator.close());

const rootKeys = { accessKeyId: 'AKIAI44QH8DHBEXAMPLE', secretAccessKey: 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY' };
const botMfa = { SerialNumber: 'arn:aws:iam::111111111111:mfa/ci-bot', TokenCode: '123456' };
const tooLong = 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.';
const overMaximum = 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
const setAlready = 'The source identity is already set for this assume role session';

function assume(keys: Keys | undefined, input: Partial<AssumeRoleCommandInput>) {
  return clientOf(emulator, keys).send(new AssumeRoleCommand({ RoleArn: deploy, RoleSessionName: 'ab', ...input }));
}

function denied(caller: string, action: string, resource: string) {
  const message = `User: ${caller} is not authorized to perform: sts:${action} on resource: ${resource}`;
  return { code: 'AccessDenied', status: 403, message };
}

const session = 'arn:aws:sts::111111111111:assumed-role/ci-hub/issued';

describe('durations', () => {
  test('long-term keys are not chained', async () => {
    const { Credentials } = await assume(undefined, { RoleArn: spoke('long'), DurationSeconds: 43200 });
    expect(Credentials?.Expiration?.getTime()).toBeGreaterThan(Date.now() + 43_000_000);
  });

  test.each<SessionKind>(['role', 'web-identity', 'saml', 'ecs'])('a %s session is chained', async (kind) => {
    const keys = emulator.issue(hub, { kind });
    const input = { RoleArn: spoke('long'), DurationSeconds: 3601 };
    expect(await refusalOf(assume(keys, input))).toEqual({ code: 'ValidationError', status: 400, message: tooLong });
    await assume(keys, { ...input, DurationSeconds: 3600 });
  });

  test('a GetSessionToken session is chained', async () => {
    const { Credentials } = await clientOf(emulator).send(new GetSessionTokenCommand({}));
    const input = { RoleArn: spoke('long'), DurationSeconds: 3601 };
    expect((await refusalOf(assume(keysOf(Credentials), input))).message).toBe(tooLong);
  });

  test('an EC2 session is chained only if the world has ec2IsChained', async () => {
    const keys = emulator.issue(hub, { kind: 'ec2' });
    const input = { RoleArn: spoke('long'), DurationSeconds: 43200 };
    await assume(keys, input);
    emulator.world.ec2IsChained = true;
    expect((await refusalOf(assume(keys, input))).message).toBe(tooLong);
    emulator.world.ec2IsChained = false;
  });

  test('the maximum of the role is checked before the chain limit, and authorization before both', async () => {
    const keys = emulator.issue(hub);
    expect((await refusalOf(assume(keys, { DurationSeconds: 3601 }))).message).toBe(overMaximum);
    const hidden = await refusalOf(assume(keys, { RoleArn: spoke('nope'), DurationSeconds: 43200 }));
    expect(hidden).toEqual(denied(session, 'AssumeRole', spoke('nope')));
  });
});

describe('who may assume', () => {
  test("AWS's message is the same for a missing role, trust, permission and external id", async () => {
    const keys = emulator.issue(hub);
    const elsewhere = 'arn:aws:iam::999999999999:role/deploy';
    expect(await refusalOf(assume(undefined, {}))).toEqual(denied(bot, 'AssumeRole', deploy));
    expect(await refusalOf(assume(keys, { RoleArn: elsewhere }))).toEqual(denied(session, 'AssumeRole', elsewhere));
    for (const ExternalId of [undefined, 'partner-43']) {
      const input = { RoleArn: spoke('audited'), ...(ExternalId && { ExternalId }) };
      expect(await refusalOf(assume(keys, input))).toEqual(denied(session, 'AssumeRole', spoke('audited')));
    }
    await assume(keys, { RoleArn: spoke('audited'), ExternalId: 'partner-42' });
  });

  test('root and session callers are refused with their own messages', async () => {
    expect((await refusalOf(assume(rootKeys, {}))).message).toBe('Roles may not be assumed by root accounts.');
    const call = clientOf(emulator, emulator.issue(hub)).send(new GetSessionTokenCommand({}));
    expect((await refusalOf(call)).message).toBe('Cannot call GetSessionToken with session credentials');
  });

  test('a session policy limits what a session may do at STS', async () => {
    const Policy = JSON.stringify(policy({ Action: 'sts:AssumeRole', Resource: spoke('long') }));
    const { Credentials } = await assume(undefined, { RoleArn: hub, Policy });
    await assume(keysOf(Credentials), { RoleArn: spoke('long') });
    expect((await refusalOf(assume(keysOf(Credentials), {}))).code).toBe('AccessDenied');
  });

  test.each(['AmazonS3ReadOnlyAccess', 'toString'])(
    'a session under %s, which the world does not contain, has no permissions, and a note says why',
    async (name) => {
      const arn = `arn:aws:iam::aws:policy/${name}`;
      const { Credentials } = await assume(undefined, { RoleArn: hub, PolicyArns: [{ arn }] });
      expect(emulator.notes).toContain(`managed policy ${arn} is not in the world, so it grants nothing`);
      expect((await refusalOf(assume(keysOf(Credentials), {}))).code).toBe('AccessDenied');
    },
  );

  const statement = { Effect: 'Allow', Action: 'sts:*', Resource: '*' };
  test.each([
    { Version: '2012-10-17', Statement: [statement], Foo: 'bar' },
    { Version: '2030-01-01', Statement: [statement] },
    { Statement: { ...statement, Foo: 'bar' } },
    { Statement: { ...statement, Action: 5 } },
    { Statement: { ...statement, Resource: {} } },
    { Statement: { ...statement, Principal: '*' } },
    { Statement: { Effect: 'Allow', Action: 'sts:*' } },
  ])('the session policy %j is malformed', async (document) => {
    expect(await refusalOf(assume(undefined, { RoleArn: hub, Policy: JSON.stringify(document) }))).toEqual({
      code: 'MalformedPolicyDocument',
      status: 400,
      message: 'Syntax errors in policy.',
    });
  });

  test('a policy of more than 2048 characters without insignificant whitespace is refused', async () => {
    const long = (count: number) => policy({ Action: 's3:*', Resource: `arn:aws:s3:::${'x'.repeat(count)}` });
    const Policy = JSON.stringify(long(1800), undefined, 100);
    expect(Policy.length).toBeGreaterThan(2048);
    await assume(undefined, { RoleArn: hub, Policy });
    expect(await refusalOf(assume(undefined, { RoleArn: hub, Policy: JSON.stringify(long(2048)) }))).toMatchObject({
      code: 'ValidationError',
      message: expect.stringContaining("at 'policy' failed to satisfy constraint"),
    });
  });

  test('a disabled Region is named with the account of the role', async () => {
    const RoleArn = 'arn:aws:iam::333333333333:role/deploy';
    const input = { RoleArn, RoleSessionName: 'ab' };
    const call = clientOf(emulator, emulator.issue(hub), 'ap-east-1').send(new AssumeRoleCommand(input));
    expect(await refusalOf(call)).toMatchObject({
      code: 'RegionDisabledException',
      status: 403,
      message:
        'STS is not activated in this region for account:333333333333. Your account administrator can activate STS in this region using the IAM Console.',
    });
  });
});

describe('the size of the session token', () => {
  const tags = (count: number, length: number) =>
    Array.from({ length: count }, (_, index) => ({ Key: `key-${index}`, Value: 'x'.repeat(length) }));

  test('is returned in bytes and in percent of 4096, and with policies or tags also under the old name', async () => {
    const plain = await assume(undefined, { RoleArn: hub });
    expect(plain).toMatchObject({ SessionTokenSize: 700, SessionTokenUtilization: 18 });
    expect(plain.PackedPolicySize).toBeUndefined();
    const tagged = await assume(undefined, { RoleArn: hub, Tags: tags(10, 250) });
    expect(tagged).toMatchObject({ SessionTokenSize: 3290, SessionTokenUtilization: 81, PackedPolicySize: 81 });
    expect(tagged.Credentials?.SessionToken).toHaveLength(3290);
    const { SessionTokenSize } = await clientOf(emulator).send(new GetSessionTokenCommand({}));
    expect(SessionTokenSize).toBe(700);
  });

  test('is at least what the call asks for, and at most 4096', async () => {
    const padded = await assume(undefined, { RoleArn: hub, MinimumSessionTokenSize: 4096 });
    expect(padded).toMatchObject({ SessionTokenSize: 4096, SessionTokenUtilization: 100 });
    expect(await refusalOf(assume(undefined, { RoleArn: hub, Tags: tags(20, 250) }))).toEqual({
      code: 'PackedPolicyTooLarge',
      status: 400,
      message: 'The session token size of 5890 bytes exceeds the maximum allowed size of 4096 bytes.',
    });
  });
});

describe('tags', () => {
  test('transitive tags are inherited, require TagSession at every hop, and cannot be changed', async () => {
    const Tags = [{ Key: 'Team', Value: 'platform' }];
    const first = await assume(undefined, { RoleArn: hub, Tags, TransitiveTagKeys: ['Team'] });
    const keys = keysOf(first.Credentials);
    const caller = first.AssumedRoleUser?.Arn ?? '';
    expect(await refusalOf(assume(keys, { RoleArn: spoke('strict') }))).toEqual(
      denied(caller, 'TagSession', spoke('strict')),
    );
    const second = await assume(keys, { RoleArn: spoke('tagged') });
    expect(second.SessionTokenSize).toBe(700 + 'Teamplatform'.length + 4);
    expect(await refusalOf(assume(keys, { RoleArn: spoke('tagged'), Tags: [{ Key: 'team', Value: 'x' }] }))).toEqual({
      code: 'InvalidParameterValue',
      status: 400,
      message:
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    });
  });

  test('other tags end with their session', async () => {
    const Tags = [{ Key: 'Team', Value: 'platform' }];
    const { Credentials } = await assume(undefined, { RoleArn: hub, Tags });
    await assume(keysOf(Credentials), { RoleArn: spoke('strict') });
  });

  test('conditions on request tags are evaluated', async () => {
    const keys = emulator.issue(hub);
    await assume(keys, { RoleArn: spoke('tagged'), Tags: [{ Key: 'Team', Value: 'platform' }] });
    for (const Tags of [
      [{ Key: 'Team', Value: 'other' }],
      [
        { Key: 'Team', Value: 'platform' },
        { Key: 'X', Value: '' },
      ],
    ]) {
      expect((await refusalOf(assume(keys, { RoleArn: spoke('tagged'), Tags }))).code).toBe('AccessDenied');
    }
  });
});

describe('source identity', () => {
  test('is set once, inherited, and returned', async () => {
    const first = await assume(undefined, { RoleArn: hub, SourceIdentity: 'alice' });
    const keys = keysOf(first.Credentials);
    expect(first.SourceIdentity).toBe('alice');
    expect((await assume(keys, {})).SourceIdentity).toBe('alice');
    expect((await assume(keys, { SourceIdentity: 'alice' })).SourceIdentity).toBe('alice');
    const changed = await refusalOf(assume(keys, { SourceIdentity: 'bob' }));
    expect(changed).toEqual({ code: 'ValidationError', status: 400, message: setAlready });
    const caller = first.AssumedRoleUser?.Arn ?? '';
    expect(await refusalOf(assume(keys, { RoleArn: spoke('strict') }))).toEqual(
      denied(caller, 'SetSourceIdentity', spoke('strict')),
    );
  });

  test('that a trust policy requires: without it AssumeRole is denied, with another value SetSourceIdentity', async () => {
    const keys = emulator.issue(hub);
    const named = emulator.world.accounts['222222222222']?.roles?.named;
    if (named !== undefined) {
      named.trustPolicy = policy({
        Principal: { AWS: hub },
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        Condition: { StringEquals: { 'sts:SourceIdentity': 'alice' } },
      });
    }
    const RoleArn = spoke('named');
    expect(await refusalOf(assume(keys, { RoleArn }))).toEqual(denied(session, 'AssumeRole', RoleArn));
    expect(await refusalOf(assume(keys, { RoleArn, SourceIdentity: 'bob' }))).toEqual(
      denied(session, 'SetSourceIdentity', RoleArn),
    );
    await assume(keys, { RoleArn, SourceIdentity: 'alice' });
  });
});

describe('MFA', () => {
  test("AWS's messages for a wrong code and a wrong device", async () => {
    expect((await refusalOf(assume(undefined, { RoleArn: hub, ...botMfa, TokenCode: '000000' }))).message).toBe(
      'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
    );
    const SerialNumber = 'arn:aws:iam::111111111111:mfa/other';
    expect((await refusalOf(assume(undefined, { RoleArn: hub, ...botMfa, SerialNumber }))).message).toBe(
      'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    );
  });

  test('applies to the call with the code and to a GetSessionToken session, never to a role session', async () => {
    const strict = emulator.world.accounts['222222222222']?.roles?.strict;
    if (strict !== undefined) {
      const { trustPolicy } = strict;
      onTestFinished(() => void Object.assign(strict, { trustPolicy }));
      strict.trustPolicy = policy({
        Principal: { AWS: ['arn:aws:iam::111111111111:root'] },
        Action: 'sts:AssumeRole',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      });
    }
    const RoleArn = spoke('strict');
    expect((await refusalOf(assume(undefined, { RoleArn }))).code).toBe('AccessDenied');
    await assume(undefined, { RoleArn, ...botMfa });
    const { Credentials } = await clientOf(emulator).send(new GetSessionTokenCommand(botMfa));
    await assume(keysOf(Credentials), { RoleArn });
    const viaHub = await assume(undefined, { RoleArn: hub, ...botMfa });
    expect((await refusalOf(assume(keysOf(viaHub.Credentials), { RoleArn }))).code).toBe('AccessDenied');
  });
});

test('a chain of three hops ends as the last role', async () => {
  const first = await assume(undefined, { RoleArn: hub, SourceIdentity: 'alice' });
  const second = await assume(keysOf(first.Credentials), {});
  const third = await assume(keysOf(second.Credentials), { RoleArn: 'arn:aws:iam::333333333333:role/deploy' });
  expect(third.AssumedRoleUser?.Arn).toBe('arn:aws:sts::333333333333:assumed-role/deploy/ab');
  expect(third.SourceIdentity).toBe('alice');
});

test('GetCallerIdentity omits the path of a role', async () => {
  const roles = emulator.world.accounts['111111111111']?.roles ?? {};
  roles.nested = { path: '/team/ci/', trustPolicy: policy({ Principal: { AWS: bot }, Action: 'sts:AssumeRole' }) };
  const RoleArn = 'arn:aws:iam::111111111111:role/team/ci/nested';
  const { Credentials } = await assume(undefined, { RoleArn });
  const { Arn } = await clientOf(emulator, keysOf(Credentials)).send(new GetCallerIdentityCommand({}));
  expect(Arn).toBe('arn:aws:sts::111111111111:assumed-role/nested/ab');
  const flat = 'arn:aws:iam::111111111111:role/nested';
  expect((await refusalOf(assume(undefined, { RoleArn: flat }))).code).toBe('AccessDenied');
});
