import type { BaseIdentity } from '../chain/base-identity.js';
import type { MatrixValues } from '../chain/target.js';
import type { Place } from '../input/place.js';
import type { HopOptions } from './hop-options.js';
import type { DeclaredHop } from './role-chain.js';

/** A Region, and where it is written. */
export interface WrittenRegion {
  readonly name: string;
  readonly place: Place;
}

/** What a file says of the last hop of every target that does not say otherwise. */
export interface TargetDefaults {
  readonly options: HopOptions;
  readonly region?: WrittenRegion;
}

/** A target as it was declared: its name, its hops, and where it starts if not from the step's base identity. */
export interface DeclaredTarget {
  readonly name: string;
  /** Where it is written; undefined for the only chain of a step. */
  readonly place?: Place;
  readonly hops: readonly DeclaredHop[];
  readonly base?: BaseIdentity;
  readonly region?: WrittenRegion;
  readonly defaults?: TargetDefaults;
  /** What the workflow wants to know of the target besides its roles. */
  readonly matrix?: MatrixValues;
}

/** The targets that a role-chain file declares. */
export interface Catalog {
  /** The file, as messages name it. */
  readonly file: string;
  /** Every name in it, in its order; each can be chosen by itself. */
  readonly names: readonly string[];
  /** The names that `all` and patterns mean. */
  readonly targets: readonly string[];
  /** The target of a name of the file; undefined, with a problem reported, where it cannot be walked. */
  readonly resolve: (name: string) => DeclaredTarget | undefined;
}
