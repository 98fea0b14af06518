import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../../emulator/server/emulator.js';
import type { ServiceName } from '../../../emulator/world/world.js';
import { form, post } from '../../support/signed-request.js';
import { startExample } from '../../support/start-example.js';
import { clientOf, keysOf, refusalOf } from '../../support/sts-client.js';

let emulator: Emulator;
afterEach(() => emulator.close());

const serve = async (service: ServiceName) => {
  emulator = await startExample((world) => Object.assign(world, { service }));
};
const tenantRole = 'arn:aws:iam:::role/team/S3Access';
const input = { RoleArn: tenantRole, RoleSessionName: 'ab' };
const assume = (keys?: Parameters<typeof clientOf>[1], region?: string) =>
  clientOf(emulator, keys, region).send(new AssumeRoleCommand(input));

describe('MinIO', () => {
  test('answers without an ARN, in any Region, and its sessions cannot assume roles', async () => {
    await serve('minio');
    const { AssumedRoleUser, Credentials, ...rest } = await assume(undefined, 'garage');
    expect([AssumedRoleUser?.Arn, AssumedRoleUser?.AssumedRoleId]).toEqual(['', undefined]);
    expect([rest.PackedPolicySize, rest.SessionTokenUtilization]).toEqual([undefined, undefined]);
    expect((await refusalOf(assume(keysOf(Credentials)))).code).toBe('AccessDenied');
    const whoAmI = clientOf(emulator).send(new GetCallerIdentityCommand({}));
    expect((await refusalOf(whoAmI)).code).toBe('InvalidParameterValue');
  });

  test('returns AssumeRoleId', async () => {
    await serve('minio');
    expect(await (await post(emulator.url, form(input))).text()).toContain(
      '<Arn></Arn>\n      <AssumeRoleId></AssumeRoleId>',
    );
  });
});

describe('Ceph', () => {
  test("answers with the ARN of a tenant that may be empty, with the role's path, and its sessions can chain", async () => {
    await serve('ceph');
    const first = await assume(undefined, 'default');
    expect(first.AssumedRoleUser?.Arn).toBe('arn:aws:sts:::assumed-role/team/S3Access/ab');
    expect((await assume(keysOf(first.Credentials), 'default')).AssumedRoleUser?.Arn).toMatch(/^arn:aws:sts:::/);
  });

  test('accepts a job’s ID token while it is valid', async () => {
    await serve('ceph');
    const WebIdentityToken = await emulator.idToken();
    const send = () => clientOf(emulator).send(new AssumeRoleWithWebIdentityCommand({ ...input, WebIdentityToken }));
    expect(await send()).toMatchObject({
      AssumedRoleUser: { Arn: 'arn:aws:sts:::assumed-role/team/S3Access/ab' },
      SubjectFromWebIdentityToken: 'repo:octo-org/octo-repo:environment:production',
    });
    emulator.clock.advance(301);
    expect((await refusalOf(send())).code).toBe('InvalidIdentityToken');
  });
});
