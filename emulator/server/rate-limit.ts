import type { RateDocument } from '../world/world.js';

/** A rate limit with a separate budget for each account. */
export interface RateLimit {
  /** Whether the account may make one more call now. A rejected call does not use the budget. */
  allows(accountId: string): boolean;
}

/** A token bucket for each account, like AWS's. Without a rate, every call is allowed. `now` is in milliseconds. */
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
