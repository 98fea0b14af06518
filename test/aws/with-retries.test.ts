import { describe, expect, it } from 'vitest';
import type { Fault } from '../../emulator/server/fault.js';
import { readFailure } from '../../src/aws/read-failure.js';
import { retryClass } from '../../src/domain/calls/retry-rules.js';
import { withTimeLimit } from '../../src/process/time-limit.js';
import { deploy, hub, keys } from '../support/example-world.js';
import { openWalkSetup, reached, stops } from '../support/walk-setup.js';

const chain = { 'role-chain': `${hub}\n${deploy}` };

describe('a temporary failure is retried', () => {
  it.each<[string, Fault]>([
    ['throttling', { kind: 'throttle' }],
    ['a failure of AWS', { kind: 'internal-error' }],
    ['an outage', { kind: 'unavailable' }],
    ['a reset', { kind: 'reset' }],
    ['an answer that breaks off', { kind: 'empty' }],
  ])('%s: only the hop that failed, however often', async (_, fault) => {
    const setup = await openWalkSetup();
    setup.emulator.faults.add({ operation: 'AssumeRole', first: 2, fault });
    reached(await setup.walk(chain));
    expect(setup.calls()).toEqual([
      'AssumeRoleWithWebIdentity ci-hub',
      'AssumeRole deploy',
      'AssumeRole deploy',
      'AssumeRole deploy',
    ]);
    expect(setup.tokens()).toBe(1);
  });

  it.each<[string, Fault]>([
    ['an identity provider that cannot be reached', { kind: 'idp-communication' }],
    ['a key that could not be fetched', { kind: 'verification-key' }],
  ])('%s: with a fresh token', async (_, fault) => {
    const setup = await openWalkSetup();
    setup.emulator.faults.add({ operation: 'AssumeRoleWithWebIdentity', fault });
    reached(await setup.walk(chain));
    expect(setup.tokens()).toBe(2);
  });

  it.each(['access-denied', 'invalid-client-token'] as const)('%s only with retry-max-attempts', async (kind) => {
    const setup = await openWalkSetup();
    setup.emulator.faults.add({ operation: 'AssumeRole', first: 2, fault: { kind } });
    reached(await setup.walk(chain, { rules: { attempts: 3, includesFreshRoles: true } }));
    expect(setup.calls().filter((call) => call === 'AssumeRole deploy')).toHaveLength(3);
  });

  it('no more often than allowed', async () => {
    const setup = await openWalkSetup();
    setup.emulator.faults.add({ operation: 'AssumeRole', first: 9, fault: { kind: 'throttle' } });
    const [stop] = stops(await setup.walk(chain, { rules: { attempts: 2, includesFreshRoles: false } }));
    expect(stop?.failure).toMatchObject({ code: 'Throttling', message: 'Rate exceeded', attempts: 2 });
  });
});

describe('a permanent failure is reported at once', () => {
  it.each<[string, Fault, string]>([
    ['a refusal', { kind: 'access-denied' }, 'AccessDenied'],
    ['a token that does not count', { kind: 'invalid-client-token' }, 'InvalidClientTokenId'],
    ['a Region that is turned off', { kind: 'region-disabled' }, 'RegionDisabledException'],
    ['a parameter', { kind: 'error', code: 'ValidationError', status: 400, message: 'no' }, 'ValidationError'],
    ['a malformed policy', { kind: 'error', code: 'MalformedPolicyDocument', status: 400 }, 'MalformedPolicyDocument'],
    ['an expired session', { kind: 'error', code: 'ExpiredToken', status: 403 }, 'ExpiredToken'],
    [
      'a wrong signature',
      { kind: 'error', code: 'SignatureDoesNotMatch', status: 403, message: 'The signature does not match' },
      'SignatureDoesNotMatch',
    ],
    ['another address', { kind: 'redirect' }, 'NotAnStsAnswer'],
    ['a proxy that requires a password', { kind: 'error', code: 'x', status: 407 }, 'x'],
  ])('%s', async (_, fault, code) => {
    const setup = await openWalkSetup();
    setup.emulator.faults.add({ operation: 'AssumeRole', first: 9, fault });
    const [stop] = stops(await setup.walk(chain));
    expect(stop?.failure).toMatchObject({ code, attempts: 1 });
    expect(setup.calls().filter((call) => call === 'AssumeRole deploy')).toHaveLength(1);
  });

  it('also when retry-max-attempts includes new roles', async () => {
    const setup = await openWalkSetup();
    setup.emulator.faults.add({
      operation: 'AssumeRole',
      first: 9,
      fault: { kind: 'error', code: 'ValidationError', status: 400 },
    });
    const [stop] = stops(await setup.walk(chain, { rules: { attempts: 3, includesFreshRoles: true } }));
    expect(stop?.failure).toMatchObject({ code: 'ValidationError', attempts: 1 });
  });

  it.each([1, 2])('an expired ID token, after attempt %s', async (attempts) => {
    const setup = await openWalkSetup();
    const rules = { attempts, includesFreshRoles: true };
    setup.emulator.faults.add({ operation: '*', first: 9, fault: { kind: 'expired-web-token' } });
    const [stop] = stops(await setup.walk({ 'role-to-assume': hub }, { rules }));
    expect(stop?.failure).toMatchObject({ code: 'ExpiredTokenException', attempts: 1 });
  });
});

describe('the deadline', () => {
  it.each<[string, Fault]>([
    ['a call without an answer', { kind: 'stall' }],
    ['an answer that stalls', { kind: 'stall-body' }],
    ['a wait between two tries', { kind: 'unavailable' }],
  ])('ends %s', async (_, fault) => {
    const setup = await openWalkSetup();
    setup.emulator.faults.add({ operation: 'AssumeRole', first: 99, fault });
    const deadline = new AbortController();
    const rules = { attempts: 100, includesFreshRoles: false };
    const walked = setup.walk(chain, { signal: deadline.signal, rules });
    await expect.poll(() => setup.calls().length, { timeout: 15_000 }).toBeGreaterThan(1);
    deadline.abort();
    const [stop] = stops(await walked);
    expect(stop?.failure).toMatchObject({ operation: 'AssumeRole', code: 'DeadlineExceeded' });
  });
});

it('a secret of only letters and digits is requested until the deadline, not just twelve times', async () => {
  const setup = await openWalkSetup(undefined, { alphanumericSecretsAfter: 10_000 });
  const deadline = new AbortController();
  const walked = setup.walk(chain, { alphanumericSecret: true, signal: deadline.signal });
  await expect.poll(() => setup.calls().length, { timeout: 15_000 }).toBeGreaterThan(1 + 13);
  deadline.abort();
  const [stop] = stops(await walked);
  expect(stop?.failure).toMatchObject({ operation: 'AssumeRole', code: 'NoPlainSecret' });
  expect(stop?.failure.message).toMatch(/until the deadline of the step, each of 1\d secret access keys/);
  expect(setup.calls().filter((call) => call === 'AssumeRoleWithWebIdentity ci-hub')).toHaveLength(1);
});

describe('tags that are too large for AWS', () => {
  const tagged = { 'role-to-assume': hub, ...keys, 'transitive-tag-keys': 'RunId, Repository' };
  const environment = { GITHUB_REPOSITORY: 'octo-org/octo-repo', GITHUB_RUN_ID: '42', GITHUB_JOB: 'deploy' };
  const tooLarge: Fault = { kind: 'packed-too-large', percent: 118 };

  it('lose the droppable ones, also as transitive keys, and the log says which', async () => {
    const setup = await openWalkSetup();
    setup.emulator.faults.add({ operation: 'AssumeRole', fault: tooLarge });
    const [walked] = reached(await setup.walk(tagged, {}, environment));
    expect(walked?.sessions[0]?.droppedTags).toEqual(['RunId', 'Job']);
    const [before, after] = setup.emulator.requests.map(({ parameters }) =>
      Object.entries(parameters)
        .filter(([name]) => /Key|TagKeys/.test(name))
        .map(([, value]) => value),
    );
    expect(before).toEqual(['GitHub', 'Repository', 'RunId', 'Job', 'RunId', 'Repository']);
    expect(after).toEqual(['GitHub', 'Repository', 'Repository']);
    expect(setup.log.join('\n')).toMatch(/too large.*118%.*again, without RunId, Job/);
  });

  it('are dropped once, and not again', async () => {
    const setup = await openWalkSetup();
    setup.emulator.faults.add({ operation: 'AssumeRole', first: 9, fault: tooLarge });
    const [stop] = stops(await setup.walk(tagged, {}, environment));
    expect(stop?.failure.code).toBe('PackedPolicyTooLarge');
    expect(setup.calls().filter((call) => call === 'AssumeRole ci-hub')).toHaveLength(2);
  });
});

describe('the failure of a call', () => {
  const call = { operation: 'AssumeRole', attempt: 2, isDeadline: false };

  it('with a platform-specific timeout code is a timeout, and may be retried', async () => {
    const never = new Promise<never>(() => undefined);
    const error = await withTimeLimit({ milliseconds: 1 }, () => never).catch((reason: unknown) => reason);
    const { failure } = readFailure(error, call);
    expect(failure).toEqual({
      operation: 'AssumeRole',
      attempts: 2,
      code: 'TimeoutError',
      message: 'no complete answer within 0.001 s',
    });
    expect(retryClass(failure)).toBe('network');
  });

  it.each<[string, unknown, object]>([
    ['nothing at all', undefined, { code: 'Error', message: '(AWS gave no message)' }],
    [
      'a network error',
      Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
      { code: 'ECONNRESET', message: 'read ECONNRESET' },
    ],
    ['several lines', new Error('first\nsecond'), { code: 'Error', message: 'first' }],
    [
      "AWS's code and the SDK's name for it",
      {
        name: 'PackedPolicyTooLargeException',
        Code: 'PackedPolicyTooLarge',
        message: 'm',
        $metadata: { httpStatusCode: 400, requestId: 'r' },
      },
      {
        code: 'PackedPolicyTooLarge',
        shape: 'PackedPolicyTooLargeException',
        status: 400,
        requestId: 'r',
        message: 'm',
      },
    ],
    [
      'an answer of a proxy',
      { name: 'Unknown', message: 'Unknown', $metadata: { httpStatusCode: 407 } },
      { code: 'ProxyAuthenticationRequired' },
    ],
    [
      'a page of HTML',
      { name: 'SyntaxError', message: 'Unexpected token <', $metadata: { httpStatusCode: 200 } },
      { code: 'NotAnStsAnswer', message: 'HTTP 200, and no AWS error in the answer' },
    ],
    ['a gateway', { name: 'Unknown', message: 'Unknown', $metadata: { httpStatusCode: 502 } }, { code: 'HTTP 502' }],
  ])('%s', (_, error, wanted) => {
    expect(readFailure(error, call).failure).toMatchObject(wanted);
  });

  it('does not include what the SDK keeps of the request', () => {
    const error = Object.assign(new Error('x'), { $response: { body: 'do-not-show' }, config: 'do-not-show' });
    const failed = readFailure(error, call);
    expect(JSON.stringify(failed) + String(failed.cause)).not.toContain('do-not-show');
  });
});
