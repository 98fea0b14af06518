/**
 * How fast the calls of a walk may begin. Without throttling: as fast as they can. Once STS throttles, its bucket of
 * calls was empty at that moment; so the calls answered between two such moments, over the time between them, are the
 * rate at which it refills. The calls then begin just above that rate, and faster again the longer no throttling comes.
 */
export interface Pace {
  /** Calls a second; Infinity until STS throttles. */
  readonly rate: number;
  /** Calls that STS answered. */
  readonly answered: number;
  /** Calls answered since the last throttling. */
  readonly streak: number;
  /** When STS throttled, in milliseconds of a steady clock, and how many calls it had answered by then; oldest first. */
  readonly throttled: readonly { readonly at: number; readonly answered: number }[];
}

export const fullSpeed: Pace = { rate: Number.POSITIVE_INFINITY, answered: 0, streak: 0, throttled: [] };

/** Answers that make an estimate of the rate, and answers after which an older one is forgotten. */
const estimate = { least: 8, enough: 16 } as const;

/** By how much the calls exceed the estimate: too slow wastes time without a sign of it, too fast is throttled. */
const excess = 1.03;

/** Calls a second after the first throttling, of which nothing else is known. */
const firstRate = 100;

/** By how much the rate grows with an answer, and how that growth itself grows with each answer in a row. */
const growth = { first: 0.01, factor: 1.1, most: 0.3 } as const;

/** The share of the rate that one throttling leaves at the least. */
const mostSlowdown = 0.5;

/** The longest wait between two calls, in milliseconds. */
const longestGap = 5_000;

/** After a call that STS answered, be it with a refusal. */
export function afterAnswer(pace: Pace): Pace {
  const streak = pace.streak + 1;
  const faster = 1 + Math.min(growth.most, growth.first * growth.factor ** streak);
  return { ...pace, answered: pace.answered + 1, streak, rate: pace.rate * faster };
}

/** After a call that STS throttled. Calls that began before the last throttling say nothing new. */
export function afterThrottling(pace: Pace, began: number, now: number): Pace {
  const { throttled, answered } = pace;
  const last = throttled.at(-1);
  if (last !== undefined && began <= last.at) {
    return pace;
  }
  const recent = forgetOld(throttled, answered);
  const estimated = refillRate(recent[0], answered, now);
  // A walk that had nothing to ask for a while looks like a slow service.
  const least = Number.isFinite(pace.rate) ? pace.rate * mostSlowdown : 0;
  const rate = Math.min(pace.rate, Math.max(estimated, least));
  return { ...pace, rate, streak: 0, throttled: [...recent, { at: now, answered }] };
}

/** Milliseconds between the beginnings of two calls; scattered, so that the jobs of a matrix do not march in step. */
export function gapMs({ rate }: Pace, random: number): number {
  return Math.min(longestGap, 1000 / rate) * (0.95 + 0.1 * random);
}

/** Calls that may be under way at a time: more than a few only in a walk of many calls that STS answers. */
export function callsAtATime({ answered }: Pace): number {
  return Math.max(atATime.first, Math.min(atATime.most, answered - atATime.few));
}

const atATime = { first: 8, most: 32, few: 16 } as const;

/** With few answers between two throttlings they bound the rate: one more would have been let through. */
function refillRate(since: Pace['throttled'][number] | undefined, answered: number, now: number): number {
  if (since === undefined) {
    return firstRate;
  }
  const seconds = Math.max(0.001, (now - since.at) / 1000);
  const count = answered - since.answered;
  return (count >= estimate.least ? count * excess : count + 1) / seconds;
}

function forgetOld(throttled: Pace['throttled'], answered: number): Pace['throttled'] {
  const [oldest, next] = throttled;
  const hasBetter =
    oldest !== undefined &&
    next !== undefined &&
    answered - oldest.answered > estimate.enough &&
    answered - next.answered >= estimate.least;
  return hasBetter ? forgetOld(throttled.slice(1), answered) : throttled;
}
