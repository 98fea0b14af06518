import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../../emulator/server/emulator.js';
import { hub } from '../../support/example-world.js';
import { errorOf, form, post } from '../../support/signed-request.js';
import { startExample } from '../../support/start-example.js';
import { botKeys, clientOf, refusalOf } from '../../support/sts-client.js';

const start = Date.parse('2026-03-01T12:00:00Z');
const whoAmI = form({}, 'GetCallerIdentity');
const unknown = 'The security token included in the request is invalid.';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startExample(
    (world) => {
      const users = world.accounts['111111111111']?.users ?? {};
      const key = { secretAccessKey: 'x'.repeat(40) };
      users.old = { accessKeys: [{ ...key, accessKeyId: 'AKIAI44QH8DHBEXAMPLE', status: 'Inactive' }] };
      world.accounts['444444444444'] = {
        partition: 'aws-cn',
        root: { accessKeys: [{ ...key, accessKeyId: 'AKIAIOSFODNN8EXAMPLE' }] },
      };
    },
    { now: () => start },
  );
});
afterAll(() => emulator.close());

describe('a signature', () => {
  test.each<[string, Parameters<typeof post>[2], string]>([
    ['a wrong service', { service: 's3' }, "Credential should be scoped to correct service: 'sts'. "],
    ['a wrong region', { region: 'mars' }, 'Credential should be scoped to a valid region. '],
    [
      'both wrong',
      { region: 'mars', service: 's3' },
      "Credential should be scoped to a valid region. Credential should be scoped to correct service: 'sts'. ",
    ],
    [
      'another day in its scope',
      { date: '20260228' },
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260228' != '20260301', from '20260301T120000Z'. ",
    ],
    [
      'no signed host',
      { signedHeaders: ['x-amz-date'] },
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    ],
    ['no signed date', { signedHeaders: ['host'] }, "'X-Amz-Date' must be a 'SignedHeader' in the AWS Authorization."],
    [
      'an old clock',
      { at: start - 301_000 },
      'Signature expired: 20260301T115459Z is now earlier than 20260301T115500Z (20260301T120000Z - 5 min.)',
    ],
    [
      'a fast clock',
      { at: start + 301_000 },
      'Signature not yet current: 20260301T120501Z is still later than 20260301T120500Z (20260301T120000Z + 5 min.)',
    ],
    [
      'a wrong secret',
      { keys: { ...botKeys, secretAccessKey: 'wrong' } },
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    ],
  ])('with %s does not match', async (_name, signing, message) => {
    const response = await post(emulator.url, whoAmI, { at: start, ...signing });
    expect(await errorOf(response)).toEqual({ status: 403, code: 'SignatureDoesNotMatch', message });
  });

  test('treats a signed header that is absent as empty, whatever its name', async () => {
    const signedHeaders = ['constructor', 'host', 'x-amz-date'];
    expect((await post(emulator.url, whoAmI, { at: start, signedHeaders })).status).toBe(200);
  });

  test.each<[string, Parameters<typeof post>[2]]>([
    ['of an unknown key', { keys: { ...botKeys, accessKeyId: 'AKIAI44QH8DHBUNKNOWN' } }],
    ['of an inactive key', { keys: { accessKeyId: 'AKIAI44QH8DHBEXAMPLE', secretAccessKey: 'x'.repeat(40) } }],
    ['with a token for a long-term key', { keys: { ...botKeys, sessionToken: 'token' } }],
    ['in another partition', { region: 'cn-north-1' }],
  ])('%s is unknown', async (_name, signing) => {
    const response = await post(emulator.url, whoAmI, { at: start, ...signing });
    expect(await errorOf(response)).toEqual({ status: 403, code: 'InvalidClientTokenId', message: unknown });
  });

  test('a China account signs for a China Region', async () => {
    const keys = { accessKeyId: 'AKIAIOSFODNN8EXAMPLE', secretAccessKey: 'x'.repeat(40) };
    const response = await post(emulator.url, whoAmI, { at: start, region: 'cn-north-1', keys });
    expect(await response.text()).toContain('<Arn>arn:aws-cn:iam::444444444444:root</Arn>');
  });

  test('a session needs its own token, and ends with its role', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = emulator.issue(hub);
    const other = emulator.issue(hub).sessionToken;
    const send = async (token?: string) => {
      const keys =
        token === undefined ? { accessKeyId, secretAccessKey } : { accessKeyId, secretAccessKey, sessionToken: token };
      return (await post(emulator.url, whoAmI, { at: start, keys })).status;
    };
    expect([await send(sessionToken), await send(other), await send()]).toEqual([200, 403, 403]);
    const roles = emulator.world.accounts['111111111111']?.roles ?? {};
    roles['ci-hub'] = structuredClone(roles['ci-hub']) ?? { trustPolicy: { Statement: [] } };
    expect(await send(sessionToken)).toBe(403);
  });

  const scope = `${botKeys.accessKeyId}/20261301/us-east-1/sts/aws4_request`;
  const whole = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=00`;
  test.each([
    ['header', { authorization: 'AWS4-HMAC-SHA256 foo', 'x-amz-date': '20260301T120000Z' }],
    ['date', { authorization: whole, 'x-amz-date': '20261301T120000Z' }],
  ])('with a malformed %s is incomplete', async (_name, wrong) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...wrong };
    const response = await fetch(emulator.url, { method: 'POST', body: whoAmI, headers });
    expect((await errorOf(response)).code).toBe('IncompleteSignature');
  });
});

test("sessions expire by the emulator's clock, and the SDK adapts after the clock moved", async () => {
  const moving = await startExample();
  const session = moving.issue(hub, { durationSeconds: 900 });
  moving.clock.advance(901);
  const client = clientOf(moving, session);
  client.config.systemClockOffset = 901_000;
  expect(await refusalOf(client.send(new GetCallerIdentityCommand({})))).toEqual({
    code: 'ExpiredToken',
    status: 403,
    message: 'The security token included in the request is expired',
  });
  await moving.close();
});
