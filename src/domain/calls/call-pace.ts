/**
 * The call rate of a walk. It is unlimited until STS throttles. At a throttled call the token bucket of STS was
 * empty, so the calls answered between two throttled calls, divided by the time between them, give the refill
 * rate. Calls then start slightly above that rate, and faster the longer STS does not throttle.
 */
export interface CallPace {
  /** Calls per second; Infinity until STS throttles. */
  readonly rate: number;
  /** Calls that STS answered. */
  readonly answered: number;
  /** Calls answered since the last throttling. */
  readonly streak: number;
  /** Whether the last call was throttled. The next one may start sooner: STS then has almost a whole token for it. */
  readonly isSoon: boolean;
  /** When STS throttled, in milliseconds of a monotonic clock, and how many calls it had answered; oldest first. */
  readonly throttled: readonly { readonly at: number; readonly answered: number }[];
}

/** The rate at the start of a walk: no limit. */
export const fullSpeed: CallPace = {
  rate: Number.POSITIVE_INFINITY,
  answered: 0,
  streak: 0,
  isSoon: false,
  throttled: [],
};

const estimate = {
  /** Minimum number of answered calls since a throttling for an estimate of the rate. */
  least: 8,
  /** Number of answered calls since an older throttling beyond which the estimate may start at a later throttling. */
  enough: 16,
} as const;

/** The factor above the estimate: throttling shows a rate that is too high, and nothing shows one that is too low. */
const excess = 1.08;

/** Calls per second after the first throttling, before there is an estimate. */
const firstRate = 100;

/** How the rate grows with each answer after a throttling: by a share that itself grows. */
const growth = {
  /** The share before the first answer. */
  first: 0.001,
  /** The factor by which each answer increases the share. */
  factor: 1.15,
  /** The maximum share. */
  most: 0.3,
} as const;

/** The delay before the call after a throttled one, as a share of the usual delay between two calls. */
const soon = 0.25;

/** The rate after one throttling is at least this share of the rate before it. */
const mostSlowdown = 0.5;

/** Maximum delay between two calls, in milliseconds. */
const longestGap = 5_000;

/** The rate after a call has started. */
export function afterStart(current: CallPace): CallPace {
  return current.isSoon ? { ...current, isSoon: false } : current;
}

/** The rate after STS has answered a call, also with an error. */
export function afterAnswer(current: CallPace): CallPace {
  const streak = current.streak + 1;
  const faster = 1 + Math.min(growth.most, growth.first * growth.factor ** streak);
  return { ...current, answered: current.answered + 1, streak, rate: current.rate * faster };
}

/** The rate after a throttled call. Calls that started before the last throttling are ignored. */
export function afterThrottling(current: CallPace, began: number, now: number): CallPace {
  const { throttled, answered } = current;
  const last = throttled.at(-1);
  if (last !== undefined && began <= last.at) {
    return current;
  }
  const recent = forgetOld(throttled, answered);
  const estimated = refillRate(recent[0], answered, now);
  // After a pause without calls, the estimate would be too low.
  const least = Number.isFinite(current.rate) ? current.rate * mostSlowdown : 0;
  const rate = Math.min(current.rate, Math.max(estimated, least));
  return { ...current, rate, streak: 0, isSoon: true, throttled: [...recent, { at: now, answered }] };
}

/** Delay between two calls in milliseconds, with jitter so that matrix jobs do not call at the same time. */
export function gapMs({ rate, isSoon }: CallPace, random: number): number {
  return Math.min(longestGap, 1000 / rate) * (isSoon ? soon : 1) * (0.98 + 0.04 * random);
}

/** Maximum concurrent calls. It starts at `first`, and grows with the answered calls, `lag` calls behind, to `most`. */
export function callsAtATime({ answered }: CallPace): number {
  return Math.max(atATime.first, Math.min(atATime.most, answered - atATime.lag));
}

const atATime = { first: 8, most: 32, lag: 16 } as const;

/**
 * Estimates the refill rate, in calls per second, from the calls that STS answered since an earlier throttling. With
 * few calls, the result is an upper bound: one more call than was answered.
 */
function refillRate(since: CallPace['throttled'][number] | undefined, answered: number, now: number): number {
  if (since === undefined) {
    return firstRate;
  }
  const seconds = Math.max(0.001, (now - since.at) / 1000);
  const count = answered - since.answered;
  return (count >= estimate.least ? count * excess : count + 1) / seconds;
}

/** Removes the throttlings that are too old for the estimate. */
function forgetOld(throttled: CallPace['throttled'], answered: number): CallPace['throttled'] {
  const [oldest, next] = throttled;
  const hasBetter =
    oldest !== undefined &&
    next !== undefined &&
    answered - oldest.answered > estimate.enough &&
    answered - next.answered >= estimate.least;
  return hasBetter ? forgetOld(throttled.slice(1), answered) : throttled;
}
