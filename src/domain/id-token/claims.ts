import { idSeparator, prefixWithIds } from './subject.js';

/** The claims of a token, for showing; the signature is AWS's to check. */
export type Claims = Readonly<Record<string, unknown>>;

/** Claims that say who a job is, in the order they are shown. */
const shown = [
  'iss',
  'aud',
  'sub',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'ref',
  'environment',
  'event_name',
  'job_workflow_ref',
  'workflow_ref',
  'actor',
  'enterprise',
] as const;

/** Reads a token's claims without its signature; undefined where the text is not a JWT. */
export function readClaims(token: string): Claims | undefined {
  try {
    const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    const claims: unknown = JSON.parse(text);
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims) ? (claims as Claims) : undefined;
  } catch {
    return undefined;
  }
}

/** The claims worth showing, each as text. */
export function shownClaims(claims: Claims): readonly (readonly [string, string])[] {
  return shown.flatMap((name) => {
    const value = claims[name];
    return value === undefined ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)] as const];
  });
}

/**
 * Whether a `sub` has GitHub's immutable form, which names owner and repository with their ids.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
export function isImmutableSubject(subject: string): boolean {
  return /^repo:[^/:@]+@\d+\/[^/:@]+@\d+(:|$)/.test(subject);
}

/** The other form of a `sub` that names its repository, from the ids that the token carries; undefined where it has none. */
export function otherSubject({ iss, sub, repository, ...ids }: Claims): string | undefined {
  if (typeof sub !== 'string' || typeof repository !== 'string') {
    return undefined;
  }
  const classic = `repo:${repository}:`;
  const withIds = prefixWithIds(repository, [ids.repository_owner_id, ids.repository_id], idSeparator(iss));
  if (withIds === undefined) {
    return undefined;
  }
  if (sub.startsWith(classic)) {
    return `${withIds}:${sub.slice(classic.length)}`;
  }
  return sub.startsWith(`${withIds}:`) ? classic + sub.slice(withIds.length + 1) : undefined;
}
