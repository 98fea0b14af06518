import type { Target } from '../chain/target.js';
import type { NonEmpty } from '../input/non-empty.js';
import type { Settings } from './settings.js';

/** A step's validated request. */
export interface Request extends Settings {
  readonly targets: NonEmpty<Target>;
  /**
   * Profiles of the machine that the step would have to overwrite and may not. They are a problem, except for targets
   * whose existing identity is kept.
   */
  readonly existingProfiles: readonly string[];
  /** The tools that would not use exported keys, as part of a sentence; undefined if every tool would. */
  readonly toolsIgnoringKeys?: string;
  /** Why this base identity was chosen, as part of a sentence. */
  readonly baseReason: string;
  /** The sentence for the log if the Region comes from the machine's profile or AWS_DEFAULT_REGION, and is used. */
  readonly regionReason?: string;
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}
