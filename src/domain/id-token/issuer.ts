/** The separator between a name and its ID in an issuer's subjects. */
export type IdSeparator = '@' | '-';

/**
 * Returns the separator that an issuer writes before IDs: a hyphen for Forgejo, an `@` for GitHub; undefined for GitHub
 * Enterprise Server, whose subjects have no IDs.
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

/** An issuer without its scheme, as in condition keys and in the ARNs of providers. */
export function issuerHost(issuer: string): string {
  return issuer.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
