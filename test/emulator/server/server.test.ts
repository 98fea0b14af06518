import { once } from 'node:events';
import { connect } from 'node:net';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../../emulator/server/emulator.js';
import type { Fault } from '../../../emulator/server/fault.js';
import { hub } from '../../support/example-world.js';
import { errorOf, form, post } from '../../support/signed-request.js';
import { startExample } from '../../support/start-example.js';
import { botKeys, clientOf, refusalOf } from '../../support/sts-client.js';

let emulator: Emulator;
afterEach(() => emulator.close());

const whoAmI = () => clientOf(emulator).send(new GetCallerIdentityCommand({}));

describe('faults', () => {
  test.each<[Fault, string, number]>([
    [{ kind: 'throttle' }, 'Throttling', 400],
    [{ kind: 'internal-error' }, 'InternalFailure', 500],
    [{ kind: 'unavailable' }, 'ServiceUnavailable', 503],
    [{ kind: 'idp-communication' }, 'IDPCommunicationError', 400],
    [{ kind: 'verification-key' }, 'InvalidIdentityToken', 400],
    [{ kind: 'access-denied' }, 'AccessDenied', 403],
    [{ kind: 'invalid-client-token' }, 'InvalidClientTokenId', 403],
    [{ kind: 'region-disabled' }, 'RegionDisabledException', 403],
    [{ kind: 'expired-web-token' }, 'ExpiredTokenException', 400],
    [{ kind: 'packed-too-large' }, 'PackedPolicyTooLarge', 400],
    [{ kind: 'packed-too-large', percent: 157 }, 'PackedPolicyTooLarge', 400],
    [{ kind: 'error', code: 'Odd', status: 418, message: 'tea' }, 'Odd', 418],
  ])('%j', async (fault, code, status) => {
    emulator = await startExample();
    emulator.faults.add({ operation: 'GetCallerIdentity', fault });
    expect(await refusalOf(whoAmI())).toMatchObject({ code, status });
    expect(emulator.requests[0]).toMatchObject({ status, errorCode: code });
    await whoAmI();
  });

  test('apply to some requests of one role, after skipping others', async () => {
    emulator = await startExample();
    emulator.faults.add({ operation: 'AssumeRole', roleArn: hub, after: 1, first: 2, fault: { kind: 'throttle' } });
    const assume = () => clientOf(emulator).send(new AssumeRoleCommand({ RoleArn: hub, RoleSessionName: 'ab' }));
    await assume();
    for (const _ of [1, 2]) {
      expect((await refusalOf(assume())).code).toBe('Throttling');
    }
    await assume();
  });

  test('the SDK itself retries a throttled call over one connection', async () => {
    emulator = await startExample();
    emulator.faults.add({ operation: '*', first: 2, fault: { kind: 'throttle' } });
    const client = new STSClient({ region: 'us-east-1', endpoint: emulator.url, credentials: botKeys });
    await client.send(new GetCallerIdentityCommand({}));
    expect(emulator.requests.map(({ status }) => status)).toEqual([400, 400, 200]);
    expect(new Set(emulator.requests.map(({ connection }) => connection)).size).toBe(1);
  });

  test.each<[Fault['kind'], string]>([
    ['malformed', ''],
    ['redirect', ''],
    ['empty', ''],
    ['reset', ''],
  ])('%s sends no answer', async (kind) => {
    emulator = await startExample();
    emulator.faults.add({ operation: 'AssumeRole', fault: { kind } as Fault });
    const call = clientOf(emulator).send(new AssumeRoleCommand({ RoleArn: hub, RoleSessionName: 'ab' }));
    const outcome = await call.then(
      ({ Credentials }) => Credentials?.AccessKeyId,
      () => undefined,
    );
    expect(outcome).toBeUndefined();
  });

  test.each<Fault['kind']>(['stall', 'stall-body'])('%s lasts until the emulator closes', async (kind) => {
    emulator = await startExample();
    emulator.faults.add({ operation: '*', fault: { kind } as Fault });
    const call = post(emulator.url, form({}, 'GetCallerIdentity')).then((response) => response.text());
    const settled = call.then(
      () => 'answered',
      () => 'broken off',
    );
    await expect.poll(() => emulator.requests.length).toBe(1);
    await emulator.close();
    expect(await settled).toBe('broken off');
    expect(emulator.requests[0]?.status).toBe(0);
  });

  test.each<[string, (broken: Emulator) => void]>([
    [
      'in an operation',
      ({ world }) => Object.assign(world.accounts['111111111111']?.roles?.['ci-hub'] ?? {}, { trustPolicy: null }),
    ],
    ['in a fault', ({ faults }) => faults.add({ operation: '*', fault: { kind: 'error', code: 'Odd', status: 1e6 } })],
  ])('a bug %s in the emulator itself is an InternalFailure, and a note', async (_name, breakIt) => {
    emulator = await startExample();
    breakIt(emulator);
    const response = await post(emulator.url, form({ RoleArn: hub, RoleSessionName: 'ab' }));
    expect(await errorOf(response)).toEqual({
      status: 500,
      code: 'InternalFailure',
      message: 'The request processing has failed because of an unknown error, exception or failure.',
    });
    expect(emulator.notes.join()).toContain('the emulator failed, so it answers InternalFailure: ');
  });

  test('a bug is recorded like any other error', async () => {
    emulator = await startExample();
    Object.assign(emulator.world.accounts['111111111111'] ?? {}, { oidcProviders: 5 });
    const WebIdentityToken = await emulator.idToken();
    const body = form({ RoleArn: hub, RoleSessionName: 'ab', WebIdentityToken }, 'AssumeRoleWithWebIdentity');
    await fetch(`${emulator.url}/?${body}`);
    expect(emulator.requests).toMatchObject([{ status: 500, errorCode: 'InternalFailure' }]);
    expect(emulator.notes.join()).not.toContain(WebIdentityToken);
  });

  test('a client that disconnects leaves no note', async () => {
    emulator = await startExample();
    const { host, port } = new URL(emulator.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.end(`POST / HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 9\r\n\r\nA`);
    socket.resume();
    await once(socket, 'close').catch(() => undefined);
    await whoAmI();
    expect(emulator.notes).toEqual([]);
  });

  test('the ID-token endpoint fails with JSON', async () => {
    emulator = await startExample();
    emulator.faults.add({ operation: 'GetIdToken', fault: { kind: 'throttle' } });
    const response = await fetch(emulator.environment.ACTIONS_ID_TOKEN_REQUEST_URL ?? '');
    expect([response.status, await response.json()]).toEqual([429, { Code: 'Throttling', message: 'Rate exceeded' }]);
  });
});

describe('machine credentials', () => {
  test('the instance metadata service requires a session token', async () => {
    emulator = await startExample();
    const base = emulator.instanceEnvironment.AWS_EC2_METADATA_SERVICE_ENDPOINT;
    const roles = `${base}/latest/meta-data/iam/security-credentials/`;
    expect((await fetch(roles)).status).toBe(401);
    const ttl = { 'x-aws-ec2-metadata-token-ttl-seconds': '60' };
    const token = await (await fetch(`${base}/latest/api/token`, { method: 'PUT', headers: ttl })).text();
    const get = (url: string) => fetch(url, { headers: { 'x-aws-ec2-metadata-token': token } });
    expect(await (await get(roles)).text()).toBe('runner');
    const found = (await (await get(`${roles}runner`)).json()) as Record<string, string>;
    expect(found).toMatchObject({ Code: 'Success', Type: 'AWS-HMAC' });
    const keys = {
      accessKeyId: found.AccessKeyId ?? '',
      secretAccessKey: found.SecretAccessKey ?? '',
      sessionToken: found.Token ?? '',
    };
    const { Arn } = await clientOf(emulator, keys).send(new GetCallerIdentityCommand({}));
    expect(Arn).toBe('arn:aws:sts::111111111111:assumed-role/runner/i-0123456789abcdef0');
    emulator.clock.advance(61);
    expect((await get(roles)).status).toBe(401);
  });

  test('the container endpoint requires its authorization token', async () => {
    emulator = await startExample();
    const { AWS_CONTAINER_CREDENTIALS_FULL_URI: uri = '', AWS_CONTAINER_AUTHORIZATION_TOKEN: authorization = '' } =
      emulator.containerEnvironment;
    expect((await fetch(uri)).status).toBe(403);
    const found = await (await fetch(uri, { headers: { authorization } })).json();
    expect(Object.keys(found as object)).toEqual(expect.arrayContaining(['AccessKeyId', 'SecretAccessKey', 'Token']));
    expect((found as { Expiration: string }).Expiration).toMatch(/Z$/);
  });
});

describe('control', () => {
  test('faults, clock, requests and variables are available over HTTP', async () => {
    emulator = await startExample();
    const send = (path: string, method = 'GET', body?: unknown) =>
      fetch(`${emulator.url}/_emulator/${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
    await send('faults', 'POST', { operation: 'GetCallerIdentity', fault: { kind: 'throttle' } });
    expect((await refusalOf(whoAmI())).code).toBe('Throttling');
    await send('faults', 'POST', [{ operation: '*', fault: { kind: 'throttle' } }]);
    await send('faults', 'DELETE');
    await whoAmI();
    const before = emulator.clock.now();
    await send('clock', 'POST', { advance: 60 });
    expect(emulator.clock.now()).toBeGreaterThanOrEqual(before + 60_000);
    expect(await (await send('requests')).json()).toMatchObject([{ errorCode: 'Throttling' }, { status: 200 }]);
    expect(await (await send('environment')).json()).toMatchObject(emulator.environment);
  });

  test.each<[unknown, string]>([
    [null, 'rule.0: must be an object, is null'],
    [{ nonsense: true }, "rule.0: 'operation' is missing"],
    [{ operation: 'AssumRole', fault: { kind: 'stall' } }, 'rule.0.operation: must be one of *, AssumeRole,'],
    ...['trotle', 'toString', 'constructor', '__proto__'].map((kind): [unknown, string] => [
      { operation: '*', fault: { kind } },
      `is "${kind}"`,
    ]),
    [{ operation: '*', fault: { kind: 'error', status: 400 } }, "rule.0.fault: 'code' is missing"],
    [{ operation: '*', fault: { kind: 'drip', ms: -1 } }, 'rule.0.fault.ms: must be a whole number of milliseconds'],
    [
      [{ operation: '*', fault: { kind: 'cut', byte: 1 } }],
      "rule.0.fault.byte: 'byte' is not a known word; did you mean 'bytes'?",
    ],
  ])('the fault %j is rejected', async (rule, message) => {
    emulator = await startExample();
    const refused = await fetch(`${emulator.url}/_emulator/faults`, { method: 'POST', body: JSON.stringify(rule) });
    expect(refused.status).toBe(400);
    expect(((await refused.json()) as { message: string }).message).toContain(message);
  });

  test('latency delays every answer', async () => {
    emulator = await startExample(undefined, { latencyMs: 50 });
    const start = performance.now();
    await whoAmI();
    expect(performance.now() - start).toBeGreaterThanOrEqual(45);
  });

  test('records contain the caller and no secret', async () => {
    emulator = await startExample();
    const session = emulator.issue(hub);
    await clientOf(emulator, session, 'eu-west-1').send(new GetCallerIdentityCommand({}));
    expect(emulator.requests[0]).toMatchObject({
      operation: 'GetCallerIdentity',
      callerArn: 'arn:aws:sts::111111111111:assumed-role/ci-hub/issued',
      accessKeyId: session.accessKeyId,
      region: 'eu-west-1',
      status: 200,
    });
    const text = JSON.stringify(emulator.requests);
    expect(text).not.toContain(session.sessionToken);
    expect(text).not.toMatch(/Signature=/);
  });

  test('secrets become alphanumeric after the first ones', async () => {
    emulator = await startExample(undefined, { alphanumericSecretsAfter: 2 });
    const secrets = [1, 2, 3, 4].map(() => emulator.issue(hub).secretAccessKey);
    expect(secrets.map((secret) => /[+/]/.test(secret))).toEqual([true, true, false, false]);
  });
});
