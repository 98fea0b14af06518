import type { BaseIdentity } from '../chain/base-identity.js';
import type { MatrixValues } from '../chain/target.js';
import type { Place } from '../input/place.js';
import type { DeclaredHop, HopOptions } from './hop-options.js';

/** A Region and its place. */
export interface WrittenRegion {
  readonly name: string;
  readonly place: Place;
}

/** The `defaults` of a file: options for the last hop of every target, and a Region. */
export interface TargetDefaults {
  readonly options: HopOptions;
  readonly region?: WrittenRegion;
}

/** A target as the workflow or a file declares it, before the step's inputs are applied. */
export interface DeclaredTarget {
  readonly name: string;
  /** Where the target is declared; undefined for the only chain of a step. */
  readonly place?: Place;
  readonly hops: readonly DeclaredHop[];
  /** The base identity; undefined if it is that of the step. */
  readonly base?: BaseIdentity;
  readonly region?: WrittenRegion;
  readonly defaults?: TargetDefaults;
  /** The target's values for the job matrix. */
  readonly matrix?: MatrixValues;
}

/** The targets that a role-chain file declares. */
export interface Catalog {
  /** The file name in messages. */
  readonly file: string;
  /** Every name that `targets` may select, in file order. */
  readonly names: readonly string[];
  /** The names that `all` and patterns select; in an INI file, not those of profiles that are sources of others. */
  readonly selectable: readonly string[];
  /** Returns the target with a name; reports a problem and returns undefined if it is invalid. */
  readonly resolve: (name: string) => DeclaredTarget | undefined;
}
