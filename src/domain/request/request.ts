import type { Target } from '../chain/target.js';
import type { NonEmpty } from '../input/non-empty.js';
import type { Settings } from './settings.js';

/** A step's validated request. */
export interface Request extends Settings {
  readonly targets: NonEmpty<Target>;
  /**
   * Profiles of the machine that the step may not overwrite. They are a problem unless an existing identity of their
   * target is kept.
   */
  readonly existingProfiles: readonly string[];
  /** The tools that would not use exported keys, as part of a sentence; undefined if every tool would. */
  readonly toolsIgnoringKeys?: string;
  /** The reason for the base identity. */
  readonly baseReason: string;
  /** The source of the Region, unless it is the workflow or AWS_REGION. */
  readonly regionReason?: string;
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}
