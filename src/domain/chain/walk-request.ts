import type { RetryRules } from '../calls/retry-rules.js';
import type { NonEmpty } from '../input/non-empty.js';
import type { ProxySettings } from '../proxy/proxy.js';
import type { Target } from './target.js';

/** The part of a request that a walk needs. */
export interface WalkRequest {
  readonly targets: NonEmpty<Target>;
  /** The Region of the workflow; undefined for the partition's default. */
  readonly region?: string;
  readonly endpoint?: string;
  readonly proxy: ProxySettings;
  readonly retry: RetryRules;
  /** Whether to repeat a hop until the secret access key has only letters and digits. */
  readonly alphanumericSecret: boolean;
}
