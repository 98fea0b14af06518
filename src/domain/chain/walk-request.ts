import type { ProxySettings } from '../endpoint/proxy.js';
import type { NonEmpty } from '../input/non-empty.js';
import type { RetryRules } from './retry.js';
import type { Target } from './target.js';

/** The part of a request that a walk needs. */
export interface WalkRequest {
  readonly targets: NonEmpty<Target>;
  /** The Region that the workflow names; undefined where the partition's default is used. */
  readonly region?: string;
  readonly endpoint?: string;
  readonly proxy: ProxySettings;
  readonly retry: RetryRules;
  /** Ask again until the secret access key has only letters and digits. */
  readonly alphanumericSecret: boolean;
}
