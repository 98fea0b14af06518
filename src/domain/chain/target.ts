import type { BaseIdentity } from './base-identity.js';
import type { Hop } from './hop.js';

/** One walk: from a base identity over its hops. Without hops, the base identity itself is what is wanted. */
export interface Target {
  /** Undefined for the only chain of a step. */
  readonly name?: string;
  readonly base: BaseIdentity;
  readonly hops: readonly Hop[];
  /** The Region of this target; undefined where nobody gave one. */
  readonly region?: string;
  /** The accounts a base identity without hops may lie in; hops carry their own guards. */
  readonly allowedAccountIds: readonly (readonly string[])[];
}
