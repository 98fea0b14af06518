import type { RateDocument } from '../world/world.js';

/** A rate limit with a separate budget for each account. */
export interface RateLimit {
  /** Whether one more call of the account is allowed now; a refused call costs nothing. */
  allows(accountId: string): boolean;
}

/** A token bucket for each account, as AWS limits calls; without a rate every call is allowed. `now` in milliseconds. */
export function createRateLimit(rate: () => RateDocument | undefined, now: () => number): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    allows(accountId) {
      const current = rate();
      if (current === undefined) {
        return true;
      }
      const { perSecond, burst } = current;
      const at = now();
      const bucket = buckets.get(accountId) ?? { tokens: burst, at };
      buckets.set(accountId, bucket);
      bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, at - bucket.at) / 1000) * perSecond);
      bucket.at = at;
      if (bucket.tokens < 1) {
        return false;
      }
      bucket.tokens -= 1;
      return true;
    },
  };
}
