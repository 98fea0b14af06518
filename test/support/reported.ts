import { type Places, placesOf } from '../../src/domain/input/place.js';
import type { Problem } from '../../src/domain/input/problem.js';

/** The result of a parser, and every problem that it reported. */
export interface Reported<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
  /** The `what` of each problem. */
  readonly whats: readonly string[];
}

/** Runs a parser and collects the problems that it reports. */
export function reported<T>(read: (places: Places) => T): Reported<T> {
  const problems: Problem[] = [];
  const value = read(placesOf((problem) => problems.push(problem)));
  return { value, problems, whats: problems.map(({ what }) => what) };
}
