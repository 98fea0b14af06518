import type { Target } from '../chain/target.js';
import type { NonEmpty } from '../input/non-empty.js';
import type { Settings } from './settings.js';

/** A step's validated request. */
export interface Request extends Settings {
  readonly targets: NonEmpty<Target>;
  /** The reason for the base identity. */
  readonly baseReason: string;
  /** The source of the Region, unless it is the workflow or AWS_REGION. */
  readonly regionReason?: string;
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}
