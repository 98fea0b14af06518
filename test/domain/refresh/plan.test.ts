import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BaseIdentity } from '../../../src/domain/chain/base-identity.js';
import type { Target } from '../../../src/domain/chain/target.js';
import { roleArn } from '../../../src/domain/identifiers/arn.js';
import { leastLeftMs } from '../../../src/domain/identifiers/credentials.js';
import { makePlan, planVariables } from '../../../src/domain/refresh/make-plan.js';
import { parsePlan, type RefreshPlan, withCurrentToken } from '../../../src/domain/refresh/plan.js';
import { parseCache, servedFromCache, sessionCache } from '../../../src/domain/refresh/session-cache.js';

const word = fc.string({ minLength: 1, unit: 'binary' });
const oidc: BaseIdentity = { kind: 'oidc', requestUrl: 'https://token.example', requestToken: 'a', audience: 'sts' };

const bases = fc.oneof(
  fc.record({ kind: fc.constant('oidc' as const), requestUrl: word, requestToken: word, audience: word }),
  fc.record({ kind: fc.constant('web-identity' as const), tokenFile: word }),
  fc.record({ kind: fc.constantFrom('EcsContainer' as const, 'Ec2InstanceMetadata' as const) }),
  fc.record({
    kind: fc.constant('default-chain' as const),
    origin: fc.oneof(
      fc.record({ kind: fc.constant('profile' as const), name: word }),
      fc.record({ kind: fc.constant('environment' as const) }),
      fc.record({ kind: fc.constant('metadata' as const) }),
    ),
    chaining: fc.constantFrom('ask' as const, 'yes' as const),
  }),
  fc.record({
    kind: fc.constant('access-keys' as const),
    credentials: fc.record({ accessKeyId: word, secretAccessKey: word }),
  }),
);

const hops = fc.record({ tags: fc.array(fc.record({ key: word, value: word })), policy: word, externalId: word });

const environments = fc.dictionary(fc.constantFrom(...planVariables, 'PATH', 'GITHUB_TOKEN'), word);

const targets = fc.record({ base: bases, region: word, hop: hops }).map(
  ({ base, region, hop }): Target => ({
    base,
    region,
    allowedAccountIds: [],
    hops: [
      {
        ...hop,
        where: '',
        operation: 'AssumeRole',
        role: roleArn('aws', '222222222222', { path: '/', name: 'deploy' }),
        roleSessionName: 'GitHubActions',
        durationSeconds: 3600,
        chaining: 'yes',
        policyArns: [],
        transitiveTagKeys: [],
        allowedAccountIds: [],
      },
    ],
  }),
);

function plan(target: Target, environment: Readonly<Record<string, string>> = {}): RefreshPlan {
  const request = {
    targets: [target] as const,
    proxy: { exceptions: [] },
    retry: { attempts: 6, includesFreshRoles: false },
    alphanumericSecret: false,
  };
  return makePlan(target, { request, environment, id: 'an id' });
}

const plans = fc.tuple(targets, environments).map(([target, environment]) => plan(target, environment));

describe('a plan', () => {
  it('is read back unchanged', () => {
    fc.assert(
      fc.property(plans, (written) => {
        const read = parsePlan(JSON.stringify(written));
        expect(read).toEqual(written);
      }),
    );
  });

  it('that is incomplete is rejected', () => {
    fc.assert(
      fc.property(plans, fc.double({ min: 0, max: 0.999, noNaN: true }), (written, share) => {
        const text = JSON.stringify(written);
        expect(parsePlan(text.slice(0, Math.floor(text.length * share)))).toBeUndefined();
      }),
    );
  });

  it('contains keys of the environment only when the base identity is looked up there', () => {
    fc.assert(
      fc.property(targets, environments, (target, environment) => {
        const names = Object.keys(plan(target, environment).variables);
        const origin = target.base.kind === 'default-chain' ? target.base.origin.kind : undefined;
        const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];
        // A profile may take its keys from environment variables, under any name that some tool reads.
        const read = { profile: [...keys, 'AWS_ACCESS_KEY', 'AWS_SECRET_KEY'], environment: keys, metadata: [] };
        const wanted = (origin === undefined ? [] : read[origin as keyof typeof read]).filter(
          (name) => environment[name] !== undefined,
        );
        expect(names.filter((name) => /KEY|SESSION_TOKEN/.test(name)).toSorted()).toEqual(wanted.toSorted());
        expect(names.includes('PATH')).toBe(origin === 'profile' && environment.PATH !== undefined);
        expect(names).not.toContain('GITHUB_TOKEN');
      }),
    );
  });

  it.each([
    ['both variables', { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://new', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'b' }, 'b'],
    ['one of them', { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'b' }, 'a'],
    ['empty ones', { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' }, 'a'],
  ])('uses the request token of the caller when that has %s', (_, environment, requestToken) => {
    const target: Target = { base: oidc, hops: [], allowedAccountIds: [] };
    expect(withCurrentToken(plan(target), environment).targets[0].base).toMatchObject({ requestToken });
  });
});

describe('a cache', () => {
  const now = Date.UTC(2026, 0, 1);
  const keys = fc.record({ accessKeyId: word, secretAccessKey: word, sessionToken: word });
  const second = fc.integer({ min: -7200, max: 50_000 });

  it('is used for its own plan while 15 minutes are left, and never otherwise', () => {
    fc.assert(
      fc.property(keys, second, fc.boolean(), (credentials, seconds, isOwn) => {
        const expiration = new Date(now + seconds * 1000);
        const cache = parseCache(JSON.stringify(sessionCache('own', { ...credentials, expiration })));
        const served = servedFromCache(cache, isOwn ? 'own' : 'other', now);
        expect(served !== undefined).toBe(isOwn && seconds * 1000 >= leastLeftMs);
        if (served !== undefined) {
          expect(served).toEqual({
            Version: 1,
            AccessKeyId: credentials.accessKeyId,
            SecretAccessKey: credentials.secretAccessKey,
            SessionToken: credentials.sessionToken,
            Expiration: expiration.toISOString().replace('.000Z', 'Z'),
          });
        }
      }),
    );
  });

  it('with any other content is rejected, without an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(servedFromCache(parseCache(text), 'own', now)).toBeUndefined();
        expect(parsePlan(text)).toBeUndefined();
      }),
    );
  });
});
