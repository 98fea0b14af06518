import type { Place } from '../input/place.js';

/** Maximum hops of a chain. AWS has no such limit; more hops are treated as a mistake. */
export const maximumHops = 10;

/** The fix for a chain with too many hops. */
export const chainLengthFix = `A chain has at most ${maximumHops}`;

/** Reports a chain with too many hops; returns whether there are too many. */
export function reportTooManyHops({ length }: readonly unknown[], place: Place): boolean {
  if (length > maximumHops) {
    place.report(`${length} hops`, chainLengthFix);
  }
  return length > maximumHops;
}
