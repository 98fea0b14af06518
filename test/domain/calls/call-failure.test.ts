import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayRetry, type RetryClass, retryClass, retryDelay } from '../../../src/domain/calls/retry-rules.js';

const denied = 'User: x is not authorized to perform: sts:AssumeRole on resource: y';
const unverifiable =
  "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements";

const table: readonly [RetryClass, string, number | undefined, string][] = [
  ['fresh-role', 'AccessDenied', 403, denied],
  ['fresh-role', 'AccessDeniedException', 403, denied],
  ['fresh-role', 'AccessDenied', 403, 'Not authorized to perform sts:AssumeRoleWithWebIdentity'],
  ['fresh-role', 'InvalidClientTokenId', 403, 'The security token included in the request is invalid.'],
  ['never', 'InvalidIdentityToken', 400, 'No OpenIDConnect provider found in your account for https://x'],
  ['never', 'InvalidIdentityToken', 400, 'Incorrect token audience'],
  ['identity-provider', 'InvalidIdentityToken', 400, unverifiable],
  ['identity-provider', 'InvalidIdentityTokenException', 400, unverifiable],
  ['identity-provider', 'IDPCommunicationError', 400, ''],
  ['identity-provider', 'IDPCommunicationErrorException', 400, ''],
  ['never', 'IDPRejectedClaim', 403, ''],
  [
    'never',
    'ExpiredTokenException',
    400,
    'Token expired: current date/time 2 must be before the expiration date/time 1',
  ],
  ['never', 'ExpiredToken', 403, 'The security token included in the request is expired'],
  [
    'never',
    'SignatureDoesNotMatch',
    403,
    'The request signature we calculated does not match the signature you provided.',
  ],
  ['never', 'SignatureDoesNotMatch', 403, 'Credential should be scoped to a valid region. '],
  [
    'clock',
    'SignatureDoesNotMatch',
    403,
    'Signature expired: 20260101T000000Z is now earlier than 20260101T000500Z (20260101T001000Z - 5 min.)',
  ],
  [
    'clock',
    'SignatureDoesNotMatch',
    403,
    'Signature not yet current: 20260101T001000Z is still later than 20260101T000500Z',
  ],
  ['never', 'IncompleteSignature', 400, ''],
  ['never', 'MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
  ['never', 'ValidationError', 400, 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'],
  ['never', 'ValidationError', 400, 'The source identity is already set for this assume role session'],
  ['never', 'InvalidParameterValue', 400, 'Duplicate tag keys found. Please note that Tag keys are case insensitive.'],
  ['never', 'PackedPolicyTooLarge', 400, 'Packed policy consumes 118% of allotted space, please use smaller policy.'],
  ['never', 'MalformedPolicyDocument', 400, ''],
  ['never', 'RegionDisabledException', 403, 'STS is not activated in this region for account:1.'],
  ['busy', 'Throttling', 400, 'Rate exceeded'],
  ['busy', 'ThrottlingException', 400, 'Rate exceeded'],
  ['busy', 'TooManyRequestsException', 429, ''],
  ['busy', 'RequestLimitExceeded', 503, ''],
  ['busy', 'InternalFailure', 500, ''],
  ['busy', 'ServiceUnavailable', 503, ''],
  ['busy', 'HTTP 502', 502, ''],
  ['busy', 'HTTP 429', 429, ''],
  ['never', 'HTTP 404', 404, ''],
  ['never', 'InvalidAction', 400, ''],
  ['never', 'MalformedInput', 400, ''],
  ['never', 'NotAnStsAnswer', 302, ''],
  ['never', 'ProxyAuthenticationRequired', 407, ''],
  ['never', 'RequestTokenRefused', 401, ''],
  ['network', 'ECONNRESET', undefined, ''],
  ['network', 'ECONNREFUSED', undefined, ''],
  ['network', 'EPIPE', undefined, ''],
  ['network', 'ETIMEDOUT', undefined, ''],
  ['network', 'ENOTFOUND', undefined, ''],
  ['network', 'EAI_AGAIN', undefined, ''],
  ['network', 'TimeoutError', undefined, ''],
  ['network', 'IncompleteAnswer', undefined, ''],
  ['never', 'DEPTH_ZERO_SELF_SIGNED_CERT', undefined, ''],
  ['never', 'CERT_HAS_EXPIRED', undefined, ''],
  ['never', 'DeadlineExceeded', undefined, ''],
  ['never', 'AccountNotAllowed', undefined, ''],
  ['never', 'DurationTooLong', undefined, ''],
  ['never', 'CredentialsNotFound', undefined, ''],
];

it.each(table)('%s: %s (%s) %s', (kind, code, status, message) => {
  expect(retryClass({ code, message, ...(status !== undefined && { status }) })).toBe(kind);
});

describe('whether a call is retried', () => {
  const failure = (code: string, message: string, status: number | undefined, attempts: number) => ({
    operation: 'AssumeRole',
    code,
    message,
    attempts,
    ...(status !== undefined && { status }),
  });

  it.each(table)('%s: %s (%s) %s', (kind, code, status, message) => {
    const asked = (attempts: number, rules: { attempts: number; includesFreshRoles: boolean }) =>
      mayRetry(failure(code, message, status, attempts), rules);
    const usual = { attempts: 6, includesFreshRoles: false };
    expect(asked(1, usual)).toBe(kind !== 'never' && kind !== 'fresh-role');
    expect(asked(5, usual)).toBe(kind !== 'never' && kind !== 'fresh-role' && kind !== 'clock');
    expect(asked(6, usual)).toBe(false);
    expect(asked(1, { attempts: 1, includesFreshRoles: false })).toBe(false);
    expect(asked(1, { attempts: 3, includesFreshRoles: true })).toBe(kind !== 'never');
    expect(asked(3, { attempts: 3, includesFreshRoles: true })).toBe(false);
  });
});

it('the backoff grows, and is always above zero and at most eight seconds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempts, random) => {
        const delay = retryDelay(attempts, random);
        expect(delay).toBeGreaterThanOrEqual(50);
        expect(delay).toBeLessThanOrEqual(8000);
        expect(retryDelay(attempts + 1, random)).toBeGreaterThanOrEqual(delay);
      },
    ),
  );
  expect([1, 2, 3, 6, 7].map((attempts) => retryDelay(attempts, 1))).toEqual([250, 500, 1000, 8000, 8000]);
});
