import { CallFailed, deadlineFailure } from '../domain/calls/call-failure.js';
import {
  afterAnswer,
  afterStart,
  afterThrottling,
  type CallPace,
  callsAtATime,
  fullSpeed,
  gapMs,
} from '../domain/calls/call-pace.js';
import { isThrottling } from '../domain/calls/retry-rules.js';
import { sinceStart } from '../process/clock.js';
import { openCallSchedule } from './call-schedule.js';
import { openConcurrencyLimit } from './concurrency-limit.js';

/** The scheduler of a walk's calls. */
export interface CallQueue {
  /** Runs a task as soon as fewer tasks than the limit are running. */
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

/** What a walk's calls have shown so far. */
interface QueueState {
  pace: CallPace;
  throttledCalls: number;
  /** The first throttling. */
  first: CallPace['throttled'][number] | undefined;
}

/** Creates the scheduler of one walk, without a rate limit at first. */
export function openCallQueue(): CallQueue {
  const state: QueueState = { pace: fullSpeed, throttledCalls: 0, first: undefined };
  const schedule = openCallSchedule((random) => gapMs(state.pace, random));
  // All calls that wait at the deadline fail with the same message, so that they are explained once.
  let slow: string | undefined;
  return {
    inTurn: openConcurrencyLimit(() => callsAtATime(state.pace)),
    call: async ({ operation, signal, isUrgent, attempt, run }) => {
      if (await schedule.next(signal, isUrgent)) {
        return pacedBy(state, run);
      }
      slow ??= slowText(throttlingOf(state));
      const failure = deadlineFailure(operation, attempt);
      throw new CallFailed({ ...failure, message: `${failure.message}${slow}` });
    },
    answered: () => state.pace.answered,
    throttling: () => throttlingOf(state),
  };
}

/** Makes a call, and adapts the pace of the walk to its outcome. */
async function pacedBy<T>(state: QueueState, run: () => Promise<T>): Promise<T> {
  state.pace = afterStart(state.pace);
  const began = sinceStart();
  try {
    const result = await run();
    state.pace = afterAnswer(state.pace);
    return result;
  } catch (error) {
    if (error instanceof CallFailed && isThrottling(error.failure)) {
      state.throttledCalls += 1;
      state.pace = afterThrottling(state.pace, began, sinceStart());
      state.first ??= state.pace.throttled[0];
    } else if (error instanceof CallFailed && error.failure.status !== undefined) {
      state.pace = afterAnswer(state.pace);
    }
    throw error;
  }
}

function throttlingOf({ pace: { answered }, throttledCalls, first }: QueueState): Throttling | undefined {
  if (first === undefined) {
    return undefined;
  }
  const seconds = (sinceStart() - first.at) / 1000;
  return { throttledCalls, answered, perSecond: (answered - first.answered) / Math.max(0.001, seconds) };
}

function slowText(throttling: Throttling | undefined): string {
  if (throttling === undefined) {
    return '';
  }
  const { answered, perSecond } = throttling;
  return `; AWS STS throttled this step to about ${perSecond.toFixed(1)} calls a second, and answered ${answered}`;
}
