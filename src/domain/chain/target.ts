import type { StsLocation } from '../endpoint/sts-endpoint.js';
import type { BaseIdentity } from './base-identity.js';
import type { Hop } from './hop.js';

/** What a workflow wants to know of a target besides its roles: the values of its entry in a job matrix. */
export type MatrixValues = Readonly<Record<string, string | number | boolean>>;

/** One walk: from a base identity over its hops. Without hops, the base identity itself is what is wanted. */
export interface Target {
  /** Undefined for the only chain of a step. */
  readonly name?: string;
  readonly base: BaseIdentity;
  readonly hops: readonly Hop[];
  /** The Region of this target; undefined where nobody gave one. */
  readonly region?: string;
  readonly matrix?: MatrixValues;
  /** The accounts a base identity without hops may lie in; hops carry their own guards. */
  readonly allowedAccountIds: readonly (readonly string[])[];
}

/** Where STS is asked for a hop of a target. */
export function hopLocation({ hops }: Target, hop: Hop | undefined): StsLocation {
  return { hops, ...(hop?.region !== undefined && { region: hop.region }) };
}
