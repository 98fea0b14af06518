import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../emulator/server/fault.js';
import { failureRows, matchFailure, unknownFailure } from '../../../src/domain/explain/match-failure.js';
import { deploy, hub, keys } from '../../support/example-world.js';
import { explained } from '../../support/explained.js';

type Case = readonly [title: string, fault: Fault, operation?: string];

const error = (code: string, status: number, message = 'In words of AWS.'): Fault => ({
  kind: 'error',
  code,
  status,
  message,
});
const user = `User: arn:aws:sts::111111111111:assumed-role/ci-hub/GitHubActions is not authorized to perform: sts:AssumeRole on resource: ${deploy}`;

/** STS's answers, by the resulting explanation; of a signed call unless another operation is named. */
const answers: readonly Case[] = [
  ['The root user cannot assume roles', error('AccessDenied', 403, 'Roles may not be assumed by root accounts.')],
  [
    'A session cannot request another session token',
    error('AccessDenied', 403, 'Cannot call GetSessionToken with session credentials'),
  ],
  [
    'The role requires MFA',
    error('AccessDenied', 403, 'MultiFactorAuthentication failed with invalid MFA one time pass code. '),
  ],
  [
    'A policy explicitly denies this call',
    error('AccessDenied', 403, `${user} with an explicit deny in a service control policy`),
  ],
  [
    'AWS refused this hop and names the type of policy',
    error('AccessDenied', 403, `${user} because no identity-based policy allows the sts:AssumeRole action`),
  ],
  ['AWS refused this hop', { kind: 'access-denied' }],
  ['AWS rejected the access key or session token', { kind: 'invalid-client-token' }],
  [
    'The session that signs this call has expired',
    error('ExpiredToken', 403, 'The security token included in the request is expired'),
  ],
  [
    'The clock of this machine is wrong',
    error(
      'SignatureDoesNotMatch',
      403,
      'Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z (20260101T001500Z - 5 min.)',
    ),
  ],
  ['The clock of this machine is wrong', error('RequestExpired', 400)],
  [
    'The call was signed for another Region or service',
    error('SignatureDoesNotMatch', 403, 'Credential should be scoped to a valid region. '),
  ],
  [
    'The secret access key is wrong',
    error(
      'SignatureDoesNotMatch',
      403,
      'The request signature we calculated does not match the signature you provided.',
    ),
  ],
  ['The call had no valid signature', error('IncompleteSignature', 400)],
  ['The call had no valid signature', error('MissingAuthenticationToken', 403)],
  [
    'Role chaining allows one hour at most',
    error(
      'ValidationError',
      400,
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    ),
  ],
  [
    'The duration is longer than the role allows',
    error('ValidationError', 400, 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'),
  ],
  [
    'The source identity is already set',
    error('ValidationError', 400, 'The source identity is already set for this assume role session'),
  ],
  ['AWS does not accept this role', error('ValidationError', 400, `${deploy} is invalid`)],
  [
    'AWS rejected a tag',
    error('InvalidParameterValue', 400, 'Duplicate tag keys found. Please note that Tag keys are case insensitive.'),
  ],
  ['AWS rejected a value of the call', error('ValidationError', 400, '1 validation error detected')],
  ['Session policies and tags are too large', { kind: 'packed-too-large' }],
  ['The session policy is malformed', error('MalformedPolicyDocument', 400)],
  ['STS is deactivated in this Region', { kind: 'region-disabled' }],
  ['The endpoint does not support this call', error('InvalidAction', 400)],
  ['AWS throttled the call', { kind: 'throttle' }],
  ['AWS failed', { kind: 'internal-error' }],
  ['AWS failed', { kind: 'unavailable' }],
  ['The connection was closed', { kind: 'reset' }],
  ['The answer did not come from STS', { kind: 'redirect' }],
  ['The call failed', error('BrandNewException', 400)],
  [
    'The account of the role has no OIDC provider for this issuer',
    error('InvalidIdentityToken', 400, 'No OpenIDConnect provider found in your account for https://example.com'),
    'AssumeRoleWithWebIdentity',
  ],
  ["AWS could not fetch the keys of the token's issuer", { kind: 'verification-key' }, 'AssumeRoleWithWebIdentity'],
  ['AWS could not reach the identity provider', { kind: 'idp-communication' }, 'AssumeRoleWithWebIdentity'],
  ['The identity provider rejected the token', error('IDPRejectedClaim', 403), 'AssumeRoleWithWebIdentity'],
  ['The token or assertion has expired', { kind: 'expired-web-token' }, 'AssumeRoleWithWebIdentity'],
  ['AWS rejected the ID token for this role', { kind: 'access-denied' }, 'AssumeRoleWithWebIdentity'],
];

describe('an error of AWS', () => {
  it.each(answers.map(([title, fault, operation = 'AssumeRole']) => ({ title, fault, operation })))(
    'is explained as: $title ($fault)',
    async ({ title, fault, operation }) => {
      const { story, title: annotation } = await explained({
        inputs: { 'role-chain': `${hub}\n${deploy}` },
        prepare: ({ faults }) => faults.add({ operation, fault, first: 9 }),
      });
      const place = operation === 'AssumeRole' ? 'Hop 2 of 2' : 'Hop 1 of 2';
      expect(annotation).toContain(`${place}: ${title}`);
      expect(story).toContain(`== ${place}: ${title} ==`);
      expect(story).toMatch(/Likely causes?(, in order)?:\n {2}1\. \S/);
      expect(story).toMatch(/What to do:\n {2}- \S/);
      if (fault.kind !== 'reset') {
        expect(story).toMatch(/AWS said +\S/);
        expect(story).toMatch(/Request ID +[0-9a-f]{8}-/);
        expect(story).toMatch(/HTTP \d{3}/);
      }
      if (fault.kind === 'error') {
        expect(story).toContain(fault.code);
        expect(story).toContain(fault.message?.trim());
      }
    },
  );

  it('never leaves a placeholder in the text', async () => {
    for (const row of failureRows) {
      const text = JSON.stringify([row.title, row.causes, row.fixes]);
      expect(text).not.toMatch(/undefined|\[object|\bTO.?DO\b/i);
      expect(row.causes.length).toBeGreaterThan(0);
      expect(row.fixes.length).toBeGreaterThan(0);
    }
  });
});

describe('the table of explanations', () => {
  it('has no row that an earlier one hides', () => {
    for (const row of failureRows) {
      const shown = row.codes.flatMap((code) =>
        (row.says ?? ['any other words']).flatMap((message) =>
          (row.operations ?? ['AssumeRole', 'GetCredentials', 'GetCallerIdentity']).map((operation) =>
            matchFailure({ code: code.replace('*', '00'), message, operation }),
          ),
        ),
      );
      expect(shown, row.title).toContain(row);
    }
  });

  it('matches an error by its shape name as well as by its wire code', () => {
    const wire = matchFailure({ code: 'PackedPolicyTooLarge', message: '', operation: 'AssumeRole' });
    const shape = matchFailure({
      code: 'Unheard',
      shape: 'PackedPolicyTooLargeException',
      message: '',
      operation: 'AssumeRole',
    });
    expect(shape).toBe(wire);
    expect(wire).not.toBe(unknownFailure);
  });
});

describe('keys', () => {
  it('that AWS does not know are reported before any hop', async () => {
    const { story, title } = await explained({
      inputs: { ...keys, 'aws-access-key-id': 'AKIAIOSFODNN7NOTTHIS', 'role-to-assume': 'ci-hub' },
    });
    expect(title).toBe('Base identity: AWS rejected the access key or session token (InvalidClientTokenId)');
    expect(story).toContain('GetCallerIdentity');
  });

  it('with a wrong secret are reported as such', async () => {
    const secret = 'x'.repeat(40);
    const { story } = await explained({
      inputs: { ...keys, 'aws-secret-access-key': secret, 'role-to-assume': hub },
    });
    expect(story).toContain('The secret access key is wrong');
    expect(story).not.toContain(secret);
  });

  it('of root are rejected with the reason', async () => {
    const { story } = await explained({
      inputs: { ...keys, 'role-to-assume': hub },
      world: (world) => {
        const account = world.accounts['111111111111'];
        if (account?.users?.['ci-bot']) {
          account.root = { accessKeys: account.users['ci-bot'].accessKeys ?? [] };
          account.users['ci-bot'].accessKeys = [];
        }
      },
    });
    expect(story).toContain('The root user cannot assume roles');
  });
});
