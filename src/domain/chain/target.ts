import type { StsLocation } from '../endpoint/sts-address.js';
import type { BaseIdentity } from './base-identity.js';
import type { Hop } from './hop.js';

/** A target's values for its entry in a job matrix. */
export type MatrixValues = Readonly<Record<string, string | number | boolean>>;

/** One chain: a base identity and its hops. Without hops, the target is the base identity itself. */
export interface Target {
  /** Undefined for the only chain of a step. */
  readonly name?: string;
  readonly base: BaseIdentity;
  readonly hops: readonly Hop[];
  /** The Region of this target; undefined if none is given. */
  readonly region?: string;
  readonly matrix?: MatrixValues;
  /** The allowed accounts of a base identity without hops; hops have their own guards. */
  readonly allowedAccountIds: readonly (readonly string[])[];
}

/** What determines the STS endpoint of a target's hop: its Region, or else the partition of the target's first role. */
export function hopLocation({ hops }: Target, hop: Hop | undefined): StsLocation {
  return { hops, ...(hop?.region !== undefined && { region: hop.region }) };
}
