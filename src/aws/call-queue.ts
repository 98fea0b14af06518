import { CallFailed, deadlineFailure } from '../domain/chain/call-failure.js';
import {
  afterAnswer,
  afterStart,
  afterThrottling,
  type CallPace,
  callsAtATime,
  fullSpeed,
  gapMs,
} from '../domain/chain/call-pace.js';
import { isThrottling } from '../domain/chain/retry-rules.js';
import { sinceStart } from '../process/clock.js';

/** The scheduler of a walk's calls. */
export interface CallQueue {
  /** Runs work once the number of concurrent works is below the limit. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Makes a call as soon as the pace of the walk allows it; rejects with CallFailed if the deadline comes first. */
  readonly call: <T>(call: PacedCall<T>) => Promise<T>;
  /** The number of calls that STS has answered so far. */
  readonly answered: () => number;
  /** The throttling of the walk; undefined if there was none. */
  readonly throttling: () => Throttling | undefined;
}

/** How STS throttles a walk. */
export interface Throttling {
  readonly throttledCalls: number;
  /** The number of answered calls of the walk. */
  readonly answered: number;
  /** Answered calls per second since the first throttling. */
  readonly perSecond: number;
}

/** A call that waits for its time. */
export interface PacedCall<T> {
  readonly operation: string;
  readonly signal: AbortSignal;
  /** Whether this call goes before those that wait already. */
  readonly isUrgent: boolean;
  readonly attempt: number;
  readonly run: () => Promise<T>;
}

/** Creates the scheduler of one walk, without a rate limit at first. */
export function openCallQueue(): CallQueue {
  let pace: CallPace = fullSpeed;
  let throttledCalls = 0;
  let first: CallPace['throttled'][number] | undefined;
  const throttling = (): Throttling | undefined => {
    if (first === undefined) {
      return undefined;
    }
    const seconds = (sinceStart() - first.at) / 1000;
    const perSecond = (pace.answered - first.answered) / Math.max(0.001, seconds);
    return { throttledCalls, answered: pace.answered, perSecond };
  };
  const moments = openSchedule((random) => gapMs(pace, random));
  // All calls that wait at the deadline fail with the same message, so that they are explained once.
  let slow: string | undefined;
  return {
    inTurn: openConcurrencyLimit(() => callsAtATime(pace)),
    call: async ({ operation, signal, isUrgent, attempt, run }) => {
      if (!(await moments.next(signal, isUrgent))) {
        slow ??= slowText(throttling());
        const failure = deadlineFailure(operation, attempt);
        throw new CallFailed({ ...failure, message: `${failure.message}${slow}` });
      }
      pace = afterStart(pace);
      const began = sinceStart();
      try {
        const result = await run();
        pace = afterAnswer(pace);
        return result;
      } catch (error) {
        if (error instanceof CallFailed && isThrottling(error.failure)) {
          throttledCalls += 1;
          pace = afterThrottling(pace, began, sinceStart());
          first ??= pace.throttled[0];
        } else if (error instanceof CallFailed && error.failure.status !== undefined) {
          pace = afterAnswer(pace);
        }
        throw error;
      }
    },
    answered: () => pace.answered,
    throttling,
  };
}

function slowText(throttling: Throttling | undefined): string {
  if (throttling === undefined) {
    return '';
  }
  const { answered, perSecond } = throttling;
  return `; AWS STS throttled this walk to about ${perSecond.toFixed(1)} calls a second, and answered ${answered}`;
}

/** Limits the number of concurrent works; the others wait, first in, first out. */
function openConcurrencyLimit(most: () => number): CallQueue['inTurn'] {
  let running = 0;
  const waiting: (() => void)[] = [];
  const letIn = () => {
    while (waiting.length > 0 && running < most()) {
      running += 1;
      waiting.shift()?.();
    }
  };
  return async (work) => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      letIn();
    });
    try {
      return await work();
    } finally {
      running -= 1;
      letIn();
    }
  };
}

interface Schedule {
  /** Waits until the next call may start and resolves to true; to false if the signal fires first. */
  readonly next: (signal: AbortSignal, isUrgent: boolean) => Promise<boolean>;
}

/** Schedules the start of calls, with a minimum gap between them. */
function openSchedule(gap: (random: number) => number): Schedule {
  let last = { at: Number.NEGATIVE_INFINITY, random: 0 };
  let timer: NodeJS.Timeout | undefined;
  let waiting: readonly (() => void)[] = [];
  const give = () => {
    timer = undefined;
    while (waiting.length > 0) {
      const wait = last.at + gap(last.random) - sinceStart();
      if (wait > 0) {
        timer = setTimeout(give, wait);
        return;
      }
      last = { at: sinceStart(), random: Math.random() };
      const [begin, ...others] = waiting;
      waiting = others;
      begin?.();
    }
  };
  return {
    next: (signal, isUrgent) =>
      new Promise((resolve) => {
        const begin = () => {
          signal.removeEventListener('abort', stop);
          resolve(true);
        };
        const stop = () => {
          waiting = waiting.filter((one) => one !== begin);
          resolve(false);
        };
        if (signal.aborted) {
          resolve(false);
          return;
        }
        signal.addEventListener('abort', stop, { once: true });
        waiting = isUrgent ? [begin, ...waiting] : [...waiting, begin];
        if (timer === undefined) {
          give();
        }
      }),
  };
}
