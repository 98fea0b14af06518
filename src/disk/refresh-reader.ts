import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import { parseCache, parsePlan, type RefreshCache, type RefreshPlan } from '../domain/refresh/plan.js';
import { codeOf, FileProblem } from './file-problem.js';

// A tool waits for every call, so the way to a cached session loads nothing that Node has not loaded already.
const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Reads a plan; throws FileProblem where it is gone, or is not whole. */
export function readPlan(path: string): RefreshPlan {
  const plan = parsePlan(readText(path));
  if (plan === undefined) {
    const fix = 'Run the step again.';
    throw new FileProblem(`The plan ${path} is damaged.`, { path, fix });
  }
  return plan;
}

/** Reads the cache of a plan; undefined where there is none, or none that can be read. */
export function readCache(planPath: string): RefreshCache | undefined {
  try {
    return parseCache(readText(cacheFile(planPath)));
  } catch {
    return undefined;
  }
}

/** The cache that belongs to a plan. */
export function cacheFile(planPath: string): string {
  return `${planPath}.cache`;
}

/** What is said where a plan is not there any more. */
export function planIsGone(path: string): FileProblem {
  const fix =
    'The profile works inside its job, on the same machine, until the post steps run. In a Docker container, mount that folder at the same path, or use keys there.';
  return new FileProblem(`The plan ${path} is not there: the job that wrote it is over, or ran somewhere else.`, {
    path,
    fix,
  });
}

function readText(path: string): string {
  let file: number;
  try {
    file = openSync(path, readFlags);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw planIsGone(path);
    }
    const fix = 'Only the user that the job runs as may read it.';
    throw new FileProblem(`The plan ${path} cannot be read (${code}).`, { path, fix });
  }
  try {
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}
