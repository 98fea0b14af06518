import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { RefreshCache, RefreshPlan } from '../domain/refresh/plan.js';
import { writePrivate } from './private-file.js';
import { cacheFile, planIsGone } from './refresh-reader.js';

/** The folder of one step's plans and caches: private, under the job's own temporary folder. */
const folderName = /^assume-role-[0-9a-f-]{36}$/;

/** Where the folder of a step with this id lies. */
export function refreshFolder(temporary: string, id: string): string {
  return join(temporary, `assume-role-${id}`);
}

/** The plan file of a target in a step's folder. */
export function planFile(folder: string, index: number): string {
  return join(folder, `plan-${index}.json`);
}

/** The lock under which a plan is walked again. */
export function lockOf(planPath: string): string {
  return `${planPath}.lock`;
}

/** Writes a plan, for its owner only. */
export async function writePlan(path: string, plan: RefreshPlan): Promise<void> {
  await writePrivate(path, JSON.stringify(plan));
}

/** Writes the cache of a plan, for its owner only; throws, and leaves nothing, where the plan is gone meanwhile. */
export async function writeCache(planPath: string, cache: RefreshCache): Promise<void> {
  await writePrivate(cacheFile(planPath), JSON.stringify(cache));
  if (!existsSync(planPath)) {
    await removeRefreshFolder(dirname(planPath));
    throw planIsGone(planPath);
  }
}

/** Whether a folder has the name of one for plans and caches. */
export function isRefreshFolder(folder: string): boolean {
  return isAbsolute(folder) && folderName.test(basename(folder));
}

/** Removes a step's folder with everything in it; refuses a folder of another name. */
export async function removeRefreshFolder(folder: string): Promise<void> {
  if (folderName.test(basename(folder))) {
    // On Windows a file that somebody still reads goes a moment later; and a renewal under way may still write.
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
