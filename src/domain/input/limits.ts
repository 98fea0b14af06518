import type { Place } from './place.js';

/** Items of a list that AWS sets no limit for. */
export const mostItems = 2_000;

/** Targets of one step. */
export const mostTargets = 2_000;

/** Targets that a file declares, of which a step chooses. */
export const mostDeclared = 10_000;

/** Unknown names for which the nearest known one is looked for: whoever gives many more took another file. */
export const mostGuesses = 20;

/** Reports where there are more of something than `most`; answers whether there are. */
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
