import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RefreshCache, RefreshPlan } from '../domain/refresh-plan.js';
import { FileProblem } from './file-problem.js';
import { readIfPresent, writePrivate } from './private-file.js';

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

/** Reads a plan; throws FileProblem where it is gone or not one. */
export async function readPlan(path: string): Promise<RefreshPlan> {
  const text = await readIfPresent(path);
  if (text === undefined) {
    throw new FileProblem(`The plan ${path} is gone: the step that wrote it has cleaned up.`, {
      path,
      fix: 'This profile works only within its job, until the post steps run. In a Docker container, mount the folder at the same path.',
    });
  }
  try {
    return JSON.parse(text) as RefreshPlan;
  } catch {
    throw new FileProblem(`The plan ${path} is not readable.`, { path, fix: 'Run the step again.' });
  }
}

/** Writes a plan, for its owner only. */
export async function writePlan(path: string, plan: RefreshPlan): Promise<void> {
  await writePrivate(path, JSON.stringify(plan));
}

/** Reads the cache of a plan; undefined where there is none, or none that can be read. */
export async function readCache(planPath: string): Promise<RefreshCache | undefined> {
  try {
    const text = await readIfPresent(cacheFile(planPath));
    return text === undefined ? undefined : (JSON.parse(text) as RefreshCache);
  } catch {
    return undefined;
  }
}

/** Writes the cache of a plan, for its owner only. */
export async function writeCache(planPath: string, cache: RefreshCache): Promise<void> {
  await writePrivate(cacheFile(planPath), JSON.stringify(cache));
}

/** The lock under which a plan is walked again. */
export function lockOf(planPath: string): string {
  return `${planPath}.lock`;
}

/** Removes a step's folder with everything in it; refuses a folder of another name. */
export async function removeRefreshFolder(folder: string): Promise<void> {
  if (folderName.test(basename(folder))) {
    // On Windows a file that somebody still reads goes a moment later.
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

function cacheFile(planPath: string): string {
  return `${planPath}.cache`;
}
