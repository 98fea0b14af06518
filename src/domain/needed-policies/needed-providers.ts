import type { HopTree } from '../chain/hop-tree.js';
import { issuerHost } from '../id-token/issuer.js';
import { isRoleArn } from '../identifiers/arn.js';

/** An OIDC provider of IAM that an account needs. */
export interface NeededProvider {
  readonly accountId: string;
  /** The issuer without its scheme. */
  readonly host: string;
  /** The client ID, which is the audience of the token. */
  readonly clientId: string;
}

/** Returns the OIDC providers that accounts need: one in every account whose role trusts the job's ID token. */
export function neededProviders({ base, children }: HopTree, issuer: string): readonly NeededProvider[] {
  if (base.kind !== 'oidc') {
    return [];
  }
  const accounts = [...new Set(children.map(({ hop }) => (isRoleArn(hop.role) ? hop.role.accountId : '')))];
  return accounts.map((accountId) => ({ accountId, host: issuerHost(issuer), clientId: base.audience }));
}
