import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { systemErrorText } from '../../domain/input/system-error.js';
import { parsePlan, type RefreshPlan } from '../../domain/refresh/plan.js';
import { parseCache, type SessionCache } from '../../domain/refresh/session-cache.js';
import { codeOf, FileProblem } from '../files/file-problem.js';

// A tool waits for every call, so reading a cached session loads only modules that Node has already loaded.
const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Maximum bytes of a plan or cache; both have a few thousand. */
const longest = 1_000_000;

const runAgain = 'Run the step again.';

/**
 * Reads a plan; throws a `FileProblem` if it is missing or damaged, or if another user than the job's can write its
 * file or folder: a plan determines which roles are assumed with which keys. If this user is root, the job's user may
 * be `sudoUser`, the ID of the user who called sudo.
 */
export function readPlan(path: string, sudoUser?: string): RefreshPlan {
  refuseOpenFolder(dirname(path), sudoUser);
  const plan = parsePlan(readOwn(path, sudoUser));
  if (plan === undefined) {
    throw new FileProblem(`The plan ${path} is damaged.`, { path, fix: runAgain });
  }
  return plan;
}

/** Reads the cache of a plan; undefined if there is none, it is damaged, or another user can write it. */
export function readCache(planPath: string, sudoUser?: string): SessionCache | undefined {
  try {
    return parseCache(readOwn(cacheFile(planPath), sudoUser));
  } catch {
    return undefined;
  }
}

/** The path of the cache that belongs to a plan. */
export function cacheFile(planPath: string): string {
  return `${planPath}.cache`;
}

/** Makes the error of a missing plan. */
export function planIsGone(path: string): FileProblem {
  const fix =
    'The profile works inside its job, on the same machine, as the same user, until the post steps run. In a Docker container, use keys.';
  return new FileProblem(`The plan ${path} is not there: the job that wrote it has ended, or ran on another machine.`, {
    path,
    fix,
  });
}

function refuseOpenFolder(folder: string, sudoUser: string | undefined): void {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) {
    return;
  }
  if (!stats.isDirectory()) {
    const what = stats.isSymbolicLink() ? 'a symbolic link' : 'not a folder';
    throw new FileProblem(`The folder of the plan, ${folder}, is ${what}.`, { path: folder, fix: runAgain });
  }
  refuseForeign(stats, { what: `The folder of the plan, ${folder},`, path: folder, sudoUser });
  refuseMode(stats, { most: 0o755, what: `The folder of the plan, ${folder},`, path: folder });
}

function readOwn(path: string, sudoUser: string | undefined): string {
  const file = open(path);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) {
      throw new FileProblem(`The plan ${path} is not a regular file.`, { path, fix: runAgain });
    }
    refuseForeign(stats, { what: `The plan ${path}`, path, sudoUser });
    refuseMode(stats, { most: 0o700, what: `The plan ${path}`, path });
    if (stats.size > longest) {
      throw new FileProblem(`The plan ${path} has more than ${longest} bytes.`, { path, fix: runAgain });
    }
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

function open(path: string): number {
  try {
    return openSync(path, readFlags);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw planIsGone(path);
    }
    if (code === 'ELOOP') {
      throw new FileProblem(`The plan ${path} is a symbolic link.`, { path, fix: runAgain });
    }
    const fix = 'Only the user of the job may read it.';
    throw new FileProblem(`The plan ${path} cannot be read: ${systemErrorText(code)}.`, { path, fix });
  }
}

function refuseForeign(
  { uid }: Stats,
  { what, path, sudoUser }: { what: string; path: string; sudoUser: string | undefined },
): void {
  const user = process.getuid?.();
  const isOurs = user === undefined || uid === user || (user === 0 && String(uid) === sudoUser);
  if (!isOurs) {
    const fix = 'Run the tool as the user of the job.';
    throw new FileProblem(`${what} belongs to user ${uid}, and this is user ${user}.`, { path, fix });
  }
}

function refuseMode({ mode }: Stats, { most, what, path }: { most: number; what: string; path: string }): void {
  if (process.platform !== 'win32' && (mode & 0o777 & ~most) !== 0) {
    const shown = (mode & 0o777).toString(8).padStart(4, '0');
    const fix = `${runAgain} Treat the keys there as exposed.`;
    throw new FileProblem(`${what} has mode ${shown}, so users other than the job's can access it.`, { path, fix });
  }
}
