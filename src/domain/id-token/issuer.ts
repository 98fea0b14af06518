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
