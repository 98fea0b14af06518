import type { Place } from './place.js';

/** Maximum items of a list that AWS does not limit. */
export const mostItems = 2_000;

/** Maximum targets of one step. */
export const mostTargets = 2_000;

/** Maximum targets that a file declares. */
export const mostDeclared = 10_000;

/** Maximum unknown names that get a suggestion; a file with more is probably the wrong file. */
export const mostGuesses = 20;

/** Reports a count above `most`; returns whether it is. */
export function reportTooMany(
  count: number,
  { most, noun, fix = `There may be at most ${most}` }: { most: number; noun: string; fix?: string | undefined },
  place: Place,
): boolean {
  if (count > most) {
    place.report(`${count} ${noun}`, fix);
  }
  return count > most;
}
