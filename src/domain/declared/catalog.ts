import type { BaseIdentity } from '../chain/base-identity.js';
import type { MatrixValues } from '../chain/target.js';
import type { Place } from '../input/place.js';
import type { DeclaredHop, HopOptions } from './hop-options.js';

/** A Region and its place. */
export interface WrittenRegion {
  readonly name: string;
  readonly place: Place;
}

/** A file's defaults for the last hop of every target. */
export interface TargetDefaults {
  readonly options: HopOptions;
  readonly region?: WrittenRegion;
}

/** A declared target: its name, its hops, and its base identity if not the step's. */
export interface DeclaredTarget {
  readonly name: string;
  /** Its place; undefined for the only chain of a step. */
  readonly place?: Place;
  readonly hops: readonly DeclaredHop[];
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
  /** Every target name, in file order. */
  readonly names: readonly string[];
  /** The names that `all` and patterns match. */
  readonly targets: readonly string[];
  /** The target with a name; reports a problem and returns undefined if it is invalid. */
  readonly resolve: (name: string) => DeclaredTarget | undefined;
}
