import type { Problem, Report } from '../../src/domain/input/problem.js';

/** What a reader of the domain gave, and every problem that it reported. */
export interface Reported<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
  /** The problems' words alone. */
  readonly whats: readonly string[];
}

/** Runs a reader and collects what it reports. */
export function reported<T>(read: (report: Report) => T): Reported<T> {
  const problems: Problem[] = [];
  const value = read((problem) => problems.push(problem));
  return { value, problems, whats: problems.map(({ what }) => what) };
}
