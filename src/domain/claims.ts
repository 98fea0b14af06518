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

/** The other form of a `sub` in GitHub's own layout, from the ids that the token carries; undefined where it has none. */
export function otherSubject({ sub, repository, repository_id, repository_owner_id }: Claims): string | undefined {
  if (typeof sub !== 'string' || typeof repository !== 'string') {
    return undefined;
  }
  const classic = `repo:${repository}`;
  const immutable = immutablePrefix(repository, repository_owner_id, repository_id);
  const [from, to] = isImmutableSubject(sub) ? [immutable, classic] : [classic, immutable];
  return from !== undefined && to !== undefined && sub.startsWith(`${from}:`) ? to + sub.slice(from.length) : undefined;
}

/** How an immutable `sub` begins: owner and repository, each with its id. */
export function immutablePrefix(repository: string, ownerId: unknown, repositoryId: unknown): string | undefined {
  const [owner, name] = repository.split('/');
  return isId(ownerId) && isId(repositoryId) ? `repo:${owner}@${ownerId}/${name}@${repositoryId}` : undefined;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^\d+$/.test(value);
}
