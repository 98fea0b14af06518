import { setTimeout as sleep } from 'node:timers/promises';
import { CallFailed, type CallFailure, deadlineFailure } from '../domain/chain/call-failure.js';
import { callLine } from '../domain/chain/debug-lines.js';
import type { Progress } from '../domain/chain/progress.js';
import { isThrottling, mayRetry, type RetryRules, retryClass, retryDelay } from '../domain/chain/retry.js';
import type { Pacing } from './pacing.js';

/** Rules of trying again, and what ends every wait. */
export interface RetryContext {
  readonly rules: RetryRules;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** The turns of the walk, where the call is one of them. */
  readonly pacing?: Pacing;
  /** Whether others of the walk wait for the call, so that its turn is the next. */
  readonly isUrgent?: boolean;
}

/** What to try, and how to name it. */
export interface Trial<T> {
  readonly what: string;
  readonly operation: string;
  /** What has to be there before the call waits for its turn. */
  readonly prepare?: (count: number) => Promise<unknown>;
  /** Tries once; attempts count from 1. */
  readonly attempt: (count: number) => Promise<T>;
}

/**
 * Tries until it succeeds, the table of retries says stop, or the deadline passes. A call that STS throttles while it
 * answers others of the same walk only waits for its next turn.
 */
export async function withRetries<T>(trial: Trial<T>, context: RetryContext): Promise<T> {
  const { rules, signal, pacing } = context;
  let tries = 1;
  for (;;) {
    const answered = pacing?.answered();
    try {
      await trial.prepare?.(tries);
      return await tryOnce(trial, tries, context);
    } catch (error) {
      if (!(error instanceof CallFailed) || signal.aborted) {
        throw error;
      }
      if (isThrottling(error.failure) && answered !== pacing?.answered() && rules.attempts > 1) {
        continue;
      }
      if (!mayRetry(error.failure, rules)) {
        throw error;
      }
      await wait(trial.what, error.failure, tries, context);
      tries += 1;
    }
  }
}

function tryOnce<T>(trial: Trial<T>, count: number, context: RetryContext): Promise<T> {
  const { pacing, signal, progress, isUrgent = false } = context;
  const { operation } = trial;
  const run = () => timed(trial, count, progress);
  return pacing === undefined ? run() : pacing.call({ operation, signal, isUrgent, attempt: count, run });
}

/** Debug lines need the time of each call, without its wait for a turn. */
async function timed<T>({ what, operation, attempt }: Trial<T>, count: number, { debug }: Progress): Promise<T> {
  const start = performance.now();
  const end = (how: string) =>
    debug(callLine({ what, operation, count, milliseconds: performance.now() - start, how }));
  try {
    const result = await attempt(count);
    end('answered');
    return result;
  } catch (error) {
    end(error instanceof CallFailed ? `failed (${error.failure.code})` : 'failed');
    throw error;
  }
}

async function wait(
  what: string,
  failure: CallFailure,
  count: number,
  { rules, signal, progress }: RetryContext,
): Promise<void> {
  const delay = retryDelay(count, Math.random());
  progress.info(
    `${what}: ${failure.code}; trying again in ${(delay / 1000).toFixed(1)} s (attempt ${count} of ${rules.attempts}, ${retryClass(failure)})`,
  );
  try {
    await sleep(delay, undefined, { signal });
  } catch {
    throw new CallFailed(deadlineFailure(failure.operation, count));
  }
}
