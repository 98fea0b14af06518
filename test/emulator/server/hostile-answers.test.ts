import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../../emulator/server/emulator.js';
import type { Fault } from '../../../emulator/server/fault.js';
import { hub } from '../../support/example-world.js';
import { form, post } from '../../support/signed-request.js';
import { startExample } from '../../support/start-example.js';
import { botKeys, clientOf } from '../../support/sts-client.js';

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startExample();
});
afterEach(() => emulator.close());

const input = { RoleArn: hub, RoleSessionName: 'ab' };
const assume = () => clientOf(emulator).send(new AssumeRoleCommand(input));

/** Status and body of the next AssumeRole, or the error that ended it. */
async function answerUnder(fault: Fault) {
  emulator.faults.add({ operation: 'AssumeRole', fault });
  const response = await post(emulator.url, form(input));
  const { status, headers } = response;
  return { status, headers, body: await response.text().catch(() => 'broken off') };
}

describe('an altered answer', () => {
  test('has another identity or time, or none', async () => {
    const Arn = 'arn:aws:sts::999999999999:assumed-role/else/ab';
    emulator.faults.add({
      operation: 'AssumeRole',
      fault: { kind: 'altered', elements: { Arn, Expiration: '2020-01-01T00:00:00Z' } },
    });
    const { AssumedRoleUser, Credentials } = await assume();
    expect(AssumedRoleUser?.Arn).toBe(Arn);
    expect(Credentials?.Expiration).toEqual(new Date('2020-01-01T00:00:00Z'));
    const works = clientOf(emulator, {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    });
    expect((await works.send(new GetCallerIdentityCommand({}))).Account).toBe('111111111111');
    emulator.faults.add({
      operation: 'AssumeRole',
      fault: { kind: 'altered', elements: { AssumedRoleUser: null, SecretAccessKey: null, SessionToken: '<&>' } },
    });
    const cut = await assume();
    expect([cut.AssumedRoleUser, cut.Credentials?.SecretAccessKey, cut.Credentials?.SessionToken]).toEqual([
      undefined,
      undefined,
      '<&>',
    ]);
  });

  test('has another Date, or none', async () => {
    const date = 'Thu, 01 Jan 2032 00:00:00 GMT';
    expect((await answerUnder({ kind: 'altered', headers: { date } })).headers.get('date')).toBe(date);
    expect((await answerUnder({ kind: 'altered', headers: { date: null } })).headers.get('date')).toBeNull();
  });

  test('is JSON if the original is', async () => {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN } = emulator.environment;
    const headers = { authorization: `Bearer ${ACTIONS_ID_TOKEN_REQUEST_TOKEN}` };
    emulator.faults.add({
      operation: 'GetIdToken',
      fault: { kind: 'altered', elements: { value: 'no.jwt', count: null } },
    });
    expect(await (await fetch(url, { headers })).json()).toEqual({ value: 'no.jwt' });
  });

  test('leaves a note when the answer lacks the element', async () => {
    expect((await answerUnder({ kind: 'altered', elements: { Arm: 'x' } })).status).toBe(200);
    expect(emulator.notes).toEqual(['a fault changes Arm, but the answer to AssumeRole does not have it']);
  });
});

describe('an answer that is not from AWS', () => {
  test('has the status, headers and body of the fault', async () => {
    const page = { kind: 'reply', status: 502, body: '<html>', headers: { 'content-type': 'text/html' } } as const;
    const answer = await answerUnder(page);
    expect([answer.status, answer.body, answer.headers.get('content-type')]).toEqual([502, '<html>', 'text/html']);
    expect(await answerUnder({ kind: 'reply', status: 408 })).toMatchObject({ status: 408, body: '' });
    expect(emulator.requests.map(({ status }) => status)).toEqual([502, 408]);
  });

  test('is not HTTP', async () => {
    await expect(answerUnder({ kind: 'raw', text: 'SSH-2.0-OpenSSH_9.9\r\n' })).rejects.toThrow('fetch failed');
  });
});

describe('an answer that is sent differently', () => {
  test.each<Fault>([
    { kind: 'cut' },
    { kind: 'cut', reset: true },
    { kind: 'cut', bytes: 0 },
    { kind: 'cut', bytes: 30 },
  ])('%j ends in the middle of the body', async (fault) => {
    expect(await answerUnder(fault)).toMatchObject({ status: 200, body: 'broken off' });
  });

  test('is sent byte by byte', async () => {
    emulator.faults.add({ operation: 'GetCallerIdentity', fault: { kind: 'drip', ms: 0 } });
    const { Account } = await clientOf(emulator, botKeys).send(new GetCallerIdentityCommand({}));
    expect(Account).toBe('111111111111');
  });

  test('has as many bytes as the fault says', async () => {
    const { body } = await answerUnder({ kind: 'huge', bytes: 200_000 });
    expect([body.length, body.trimEnd().endsWith('</AssumeRoleResponse>')]).toEqual([200_000, true]);
  });
});
