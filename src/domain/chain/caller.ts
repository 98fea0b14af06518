import type { IdentityArn } from '../iam/arn.js';
import type { Credentials } from '../iam/credentials.js';
import type { RoleChaining } from '../iam/role-chaining.js';

/** The caller of a hop: a token for a federated first hop, otherwise credentials. */
export type Caller =
  | {
      readonly kind: 'token';
      /** The token of the walk; a new one if the given token was rejected. */
      readonly token: (refused?: string) => Promise<string>;
    }
  | {
      readonly kind: 'credentials';
      readonly credentials: Credentials;
      readonly identity?: IdentityArn;
      /** The credentials to sign with; of a new session if the current one is about to expire. */
      readonly current?: () => Promise<Credentials>;
    };

/** The caller of the next hop, and whether that hop is role chaining. */
export type Walker = Caller & { readonly chaining: RoleChaining };
