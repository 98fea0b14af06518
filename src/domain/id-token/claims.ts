import { tryJson } from '../input/try-json.js';
import { githubIssuer } from './issuer.js';

/** The claims of an ID token, unverified: for display only. AWS verifies the signature. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * The claims of GitHub's tokens, besides `sub` and `aud`, that a trust policy can test.
 * https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/
 */
export const testableClaims = [
  'repository',
  'repository_id',
  'ref',
  'environment',
  'workflow',
  'job_workflow_ref',
  'actor',
  'actor_id',
  'enterprise_id',
] as const;

/** A claim that a trust policy can test. */
export type TestableClaim = (typeof testableClaims)[number];

/** The claims of a job in display order; the `repo_property_*` claims follow. */
const displayed = [
  'iss',
  'aud',
  'sub',
  ...testableClaims,
  'repository_owner',
  'repository_owner_id',
  'event_name',
  'workflow_ref',
  'runner_environment',
  'enterprise',
] as const;

/** Decodes a token's claims without verifying it; undefined if the text is not a JWT. */
export function readClaims(token: string): Claims | undefined {
  const claims = tryJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  return typeof claims === 'object' && claims !== null && !Array.isArray(claims) ? (claims as Claims) : undefined;
}

/** The claims to show in a failure's explanation, by name, each value on one line. */
export function shownClaims(claims: Claims): readonly (readonly [string, string])[] {
  const properties = Object.keys(claims).filter((name) => name.startsWith('repo_property_'));
  return [...displayed, ...properties.sort()].flatMap((name) => {
    const value = claims[name];
    return value === undefined ? [] : [[name, lineOf(value)] as const];
  });
}

/**
 * The claims of a token that a trust policy can test, each with a condition key of its own; none if the issuer is not
 * github.com's.
 */
export function testableValues({ iss, ...claims }: Claims): Readonly<Partial<Record<TestableClaim, string>>> {
  if (iss !== githubIssuer) {
    return {};
  }
  const values = testableClaims.map((name) => [name, claims[name]] as const);
  return Object.fromEntries(values.filter(([, value]) => typeof value === 'string' && value !== ''));
}

function lineOf(value: unknown): string {
  return typeof value === 'string' && !/\p{Cc}/u.test(value) ? value : JSON.stringify(value);
}
