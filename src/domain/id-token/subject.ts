/** The separator between a name and its ID in an issuer's subjects. */
export type IdSeparator = '@' | '-';

/**
 * Forgejo writes IDs after a hyphen, and GitHub after an `@`. GitHub Enterprise Server writes none.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
export function idSeparator(issuer: unknown): IdSeparator | undefined {
  if (typeof issuer === 'string' && issuer.endsWith(forgejoIssuer)) {
    return '-';
  }
  return typeof issuer === 'string' && issuer.endsWith(serverIssuer) ? undefined : '@';
}

/** github.com's issuer, the only one whose claims AWS documents as condition keys. */
export const githubIssuer = 'https://token.actions.githubusercontent.com';

/** The suffix of Forgejo's issuers. */
const forgejoIssuer = '/api/actions';
/** The suffix of GitHub Enterprise Server's issuers. */
export const serverIssuer = '/_services/token';

/** The prefix of a `sub` with IDs: owner and repository, each with its ID; undefined if the IDs are unknown. */
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

/**
 * A warning about a GitHub `sub` that jobs of several branches, pull requests or repositories share; else undefined.
 */
export function subjectWarning(sub: string): string | undefined {
  if (/:pull_request$/.test(sub)) {
    return 'Warning: every pull request of the repository has this sub, whoever opened it and whatever it changes. Trust it only for a role that cannot do harm. Deploy from a branch or an environment instead.';
  }
  if (!/(^|:)(repo|repository|repository_id):/.test(sub)) {
    return 'Warning: this sub does not name a repository, so jobs of other repositories have it too. Add a Condition that names yours.';
  }
  return /^(repo|repository|repository_id):[^:]+$/.test(sub)
    ? 'Warning: every job of the repository has this sub: all branches, tags and pull requests.'
    : undefined;
}
