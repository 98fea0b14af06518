import { setTimeout as sleep } from 'node:timers/promises';
import { CallFailed, deadlineFailure } from '../domain/chain/call-failure.js';
import type { Progress } from '../domain/chain/progress.js';
import { mayRetry, type RetryRules, retryClass, retryDelay } from '../domain/chain/retry.js';

/** Rules of trying again, and what ends every wait. */
export interface RetryContext {
  readonly rules: RetryRules;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Tries until it succeeds, the table of retries says stop, or the deadline passes; attempts count from 1. */
export async function withRetries<T>(
  what: string,
  { rules, signal, progress }: RetryContext,
  attempt: (count: number) => Promise<T>,
): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt(count);
    } catch (error) {
      if (!(error instanceof CallFailed) || signal.aborted || !mayRetry(error.failure, rules)) {
        throw error;
      }
      const { code, operation } = error.failure;
      const delay = retryDelay(count, Math.random());
      progress.info(
        `${what}: ${code}; trying again in ${(delay / 1000).toFixed(1)} s (attempt ${count} of ${rules.attempts}, ${retryClass(error.failure)})`,
      );
      await pause(delay, { signal, operation, count });
    }
  }
}

async function pause(
  delay: number,
  { signal, operation, count }: { signal: AbortSignal; operation: string; count: number },
): Promise<void> {
  try {
    await sleep(delay, undefined, { signal });
  } catch {
    throw new CallFailed(deadlineFailure(operation, count));
  }
}
