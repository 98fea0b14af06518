import type { IdentityArn } from '../identifiers/arn.js';
import type { Credentials } from '../identifiers/credentials.js';
import type { RoleChaining } from '../session-limits/duration-limits.js';

/** The caller of a hop: a token for a federated first hop, otherwise credentials. */
export type Caller =
  | {
      readonly kind: 'token';
      /** Returns the token of the walk; a new one if `refused` is that token. */
      readonly token: (refused?: string) => Promise<string>;
    }
  | {
      readonly kind: 'credentials';
      readonly credentials: Credentials;
      readonly identity?: IdentityArn;
      /** Returns the credentials to sign with; those of a new session if the current one is about to expire. */
      readonly current?: () => Promise<Credentials>;
    };

/** The caller of the next hop, and whether that hop is role chaining. */
export type Walker = Caller & { readonly chaining: RoleChaining };
