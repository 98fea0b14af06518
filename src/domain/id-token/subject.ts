/** How an issuer's subjects name a repository by its ids: what stands between a name and its id. */
export type IdSeparator = '@' | '-';

/**
 * Forgejo writes ids with a hyphen; GitHub Enterprise Server writes none; GitHub writes them with an `@`.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
export function idSeparator(issuer: unknown): IdSeparator | undefined {
  if (typeof issuer === 'string' && issuer.endsWith(forgejoIssuer)) {
    return '-';
  }
  return typeof issuer === 'string' && issuer.endsWith(serverIssuer) ? undefined : '@';
}

/** Behind the address of a Forgejo instance, and of a GitHub Enterprise Server. */
const forgejoIssuer = '/api/actions';
export const serverIssuer = '/_services/token';

/** How a `sub` with ids begins: owner and repository, each with its id; undefined where there are none. */
export function prefixWithIds(
  repository: string,
  [ownerId, repositoryId]: readonly [unknown, unknown],
  separator: IdSeparator | undefined,
): string | undefined {
  const [owner, name] = repository.split('/');
  return separator !== undefined && isId(ownerId) && isId(repositoryId)
    ? `repo:${owner}${separator}${ownerId}/${name}${separator}${repositoryId}`
    : undefined;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^\d+$/.test(value);
}
