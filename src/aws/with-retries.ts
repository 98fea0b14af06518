import { setTimeout as sleep } from 'node:timers/promises';
import { CallFailed, type CallFailure, deadlineFailure } from '../domain/calls/call-failure.js';
import { isOnlyPaced, mayRetry, type RetryRules, retryClass, retryDelay } from '../domain/calls/retry-rules.js';
import { callLine } from '../domain/chain/debug-lines.js';
import type { Progress } from '../domain/chain/progress.js';
import { sinceStart } from '../process/clock.js';
import type { CallQueue } from './call-queue.js';

/** What a call is retried with. */
export interface RetryContext {
  readonly rules: RetryRules;
  /** Fires at the deadline, and ends every wait. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** The walk's call queue, if the call has to wait in it. */
  readonly queue?: CallQueue;
  /** Whether other calls of the walk wait for this one, so that it runs next. */
  readonly isUrgent?: boolean;
}

/** A call to try. */
export interface RetriedCall<T> {
  /** What the call is for, in messages. */
  readonly what: string;
  readonly operation: string;
  /** Gets what the attempt needs, such as a token, before it waits in the queue. */
  readonly prepare?: (count: number) => Promise<unknown>;
  /** Makes one attempt; attempts start at 1. */
  readonly attempt: (count: number) => Promise<T>;
}

/**
 * Tries a call until it succeeds; rejects with CallFailed if its failure may not be retried, or the deadline passes. A
 * throttled attempt does not count if STS answered other calls of the walk meanwhile: the call waits in the queue
 * again.
 */
export async function withRetries<T>(trial: RetriedCall<T>, context: RetryContext): Promise<T> {
  const { rules, signal, queue } = context;
  let tries = 1;
  for (;;) {
    const answered = queue?.answered() ?? 0;
    try {
      await trial.prepare?.(tries);
      return await tryOnce(trial, tries, context);
    } catch (error) {
      if (!(error instanceof CallFailed) || signal.aborted) {
        throw error;
      }
      if (queue !== undefined && isOnlyPaced(error.failure, rules, queue.answered() - answered)) {
        continue;
      }
      if (!mayRetry(error.failure, rules)) {
        throw error;
      }
      await waitAfter(error.failure, { what: trial.what, count: tries }, context);
      tries += 1;
    }
  }
}

function tryOnce<T>(trial: RetriedCall<T>, count: number, context: RetryContext): Promise<T> {
  const { queue, signal, progress, isUrgent = false } = context;
  const { operation } = trial;
  const run = () => timed(trial, count, progress);
  return queue === undefined ? run() : queue.call({ operation, signal, isUrgent, attempt: count, run });
}

/** Makes one attempt and writes its debug line, with the time of the call itself, without its wait in the queue. */
async function timed<T>({ what, operation, attempt }: RetriedCall<T>, count: number, { debug }: Progress): Promise<T> {
  const start = sinceStart();
  const end = (failure?: string) =>
    debug(callLine({ what, operation, count, milliseconds: sinceStart() - start, failure }));
  try {
    const result = await attempt(count);
    end();
    return result;
  } catch (error) {
    end(error instanceof CallFailed ? error.failure.code : 'Error');
    throw error;
  }
}

async function waitAfter(
  failure: CallFailure,
  { what, count }: { readonly what: string; readonly count: number },
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
