import type { Problem, Report } from '../../src/domain/problem.js';

/** What a reader of the domain gave, and every problem it told. */
export interface Told<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
  /** The problems' words alone. */
  readonly whats: readonly string[];
}

/** Runs a reader and collects what it tells. */
export function told<T>(read: (report: Report) => T): Told<T> {
  const problems: Problem[] = [];
  const value = read((problem) => problems.push(problem));
  return { value, problems, whats: problems.map(({ what }) => what) };
}
