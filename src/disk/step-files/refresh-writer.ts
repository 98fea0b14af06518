import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RefreshPlan } from '../../domain/refresh/plan.js';
import type { SessionCache } from '../../domain/refresh/session-cache.js';
import { writePrivate } from '../files/private-file.js';
import { cacheFile, planIsGone } from './refresh-reader.js';
import { removeStepFolder } from './step-folder.js';

/** The path of the lock file under which the session of a plan is renewed. */
export function lockOf(planPath: string): string {
  return `${planPath}.lock`;
}

/** Writes a plan to a file that only its owner can read. */
export function writePlan(path: string, plan: RefreshPlan): void {
  writePrivate(path, JSON.stringify(plan), { isLasting: false });
}

/**
 * Writes the cache of a plan to a file that only its owner can read; if post removed the plan, throws and leaves
 * nothing.
 */
export function writeCache(planPath: string, cache: SessionCache): void {
  try {
    writePrivate(cacheFile(planPath), JSON.stringify(cache), { isLasting: false });
  } catch (error) {
    throw existsSync(planPath) ? error : planIsGone(planPath);
  }
  if (!existsSync(planPath)) {
    removeStepFolder(dirname(planPath));
    throw planIsGone(planPath);
  }
}
