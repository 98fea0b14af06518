import { expect, it } from 'vitest';
import { baseLine, hopLine, hopPlace, tokenLine } from '../../../src/domain/chain/log-lines.js';
import { timeText } from '../../../src/domain/identifiers/timestamp.js';
import { expiration, hopTo, requestFor, roleIn, sessionOf, targetOf } from '../../support/example-chain.js';

const hub = hopTo(roleIn(1, 'hub'));
const deploy = hopTo(roleIn(2, 'deploy'));
const chain = targetOf([hub, deploy]);

it('a hop is one line: caller, role, duration, expiration', () => {
  const base = { kind: 'oidc', requestUrl: '', requestToken: '', audience: '' } as const;
  const caller = sessionOf(hub).identity;
  expect(hopLine(sessionOf(hub), { index: 0, targets: [chain], caller: undefined, base })).toBe(
    "Hop 1 of 2: the job's ID token (OIDC) → arn:aws:iam::111111111111:role/hub as GitHubActions, 3600 s (1h), expires 2026-01-02T03:04:05Z",
  );
  expect(
    hopLine(sessionOf(deploy, { tokenSize: { utilization: 12 } }), { index: 1, targets: [chain], caller, base }),
  ).toBe(
    'Hop 2 of 2: arn:aws:sts::111111111111:assumed-role/hub/GitHubActions → arn:aws:iam::222222222222:role/deploy as GitHubActions, 3600 s (1h), expires 2026-01-02T03:04:05Z, session token 12 % full',
  );
});

it('a line about a hop contains no key', () => {
  const line = hopLine(sessionOf(hub), {
    index: 0,
    targets: [chain],
    caller: undefined,
    base: { kind: 'default-chain', origin: { kind: 'environment' }, chaining: 'ask' },
  });
  expect(line).not.toMatch(/ASIA|secret of|token of/);
});

it('a hop has its position and its target', () => {
  const staging = { ...chain, name: 'staging' };
  const prod = targetOf([hub, deploy, deploy], { name: 'prod' });
  expect(hopPlace(0, [chain])).toBe('Hop 1 of 2');
  expect(hopPlace(1, [staging])).toBe('Hop 2 of 2 (staging)');
  expect(hopPlace(0, [staging, prod])).toBe('Hop 1 (staging, prod)');
});

it('a time is in UTC, to the second', () => {
  expect(timeText(expiration)).toBe('2026-01-02T03:04:05Z');
});

it('the base identity is logged with the reason for it', () => {
  expect(baseLine(requestFor([chain, chain]))).toBe(
    'Base identity: the keys in the environment (default credential chain), because role-chaining is true.',
  );
});

it('a Region from outside of the workflow is logged with its source', () => {
  const regionReason = 'The Region eu-north-1 is that of the profile ci';
  expect(baseLine({ ...requestFor([chain]), regionReason })).toMatch(
    / because .*\. The Region .* of the profile ci\.$/,
  );
});

it('a token is logged as its subject, audience and issuer only', () => {
  const claims = { sub: 'repo:o@1/r@2:pull_request', aud: 'sts.amazonaws.com', iss: 'https://i', jti: 'hidden' };
  expect(tokenLine(claims)).toBe(
    'Token: sub "repo:o@1/r@2:pull_request" (immutable form), aud "sts.amazonaws.com", iss "https://i"',
  );
  expect(tokenLine({ sub: 'repo:o/r:pull_request' })).not.toContain('immutable');
  expect(tokenLine({ sub: 'x' })).toBe('Token: sub "x", no aud, no iss');
});
