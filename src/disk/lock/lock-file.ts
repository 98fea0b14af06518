import {
  closeSync,
  constants,
  fstatSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { asFileProblem, codeOf, FileProblem } from '../files/file-problem.js';
import { namesIn, temporaryName } from '../files/leftovers.js';
import { removeQuietly } from '../files/private-file.js';
import { type FoundLock, isAbandoned, type Observations, startObserving, type Waiter } from './abandoned-lock.js';
import { isKilled, type Owner, parseOwner, thisHost } from './lock-owner.js';

/** Maximum bytes of a lock file of this action; a larger file is not one. */
const longestLock = 4096;

/**
 * Creates a lock file if there is none; returns whether it did. The file appears complete, with its owner in it, so a
 * killed process never leaves a lock file without an owner. Returns false also if the folder was removed meanwhile.
 * Throws a `FileProblem` if no lock file can be created there at all.
 */
export function createLock(path: string, me: Owner): boolean {
  const temporary = temporaryName(path);
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) {
      return false;
    }
    writeFileSync(temporary, JSON.stringify(me), { flag: 'wx', mode: 0o600 });
    return linkNew(temporary, path);
  } catch (error) {
    if (isBusy(error) || codeOf(error) === 'ENOENT') {
      return false;
    }
    const fix = 'Allow the user of the job to write to its folder, and check that the disk has room.';
    throw asFileProblem(error, `The lock ${path} cannot be created`, { path, fix });
  } finally {
    removeQuietly(temporary);
  }
}

/** Gives a complete file the name of the lock, if that is free. Without hard links, writes the lock file instead. */
function linkNew(temporary: string, path: string): boolean {
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    const hasNoLinks = ['EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL'].includes(codeOf(error) ?? '');
    if (!hasNoLinks || process.platform === 'win32') {
      throw error;
    }
    writeFileSync(path, readFileSync(temporary), { flag: 'wx', mode: 0o600 });
    return true;
  }
}

/** Whether an error says that the file exists; on Windows, EPERM, EACCES or EBUSY may say that it is being removed. */
function isBusy(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return code === 'EEXIST' || (process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(code));
}

/** Reads a lock file; undefined if there is none. Throws a `FileProblem` for anything that cannot be a lock file. */
export function readLock(path: string): FoundLock | undefined {
  const fix = 'Remove it: no other job can have created it.';
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && !stats.isFile()) {
      const what = stats.isSymbolicLink() ? 'a symbolic link' : stats.isDirectory() ? 'a folder' : 'not a regular file';
      throw new FileProblem(`The lock ${path} is ${what}.`, { path, fix });
    }
    return stats === undefined ? undefined : read(path);
  } catch (error) {
    if (isBusy(error) || codeOf(error) === 'ENOENT') {
      return undefined;
    }
    throw asFileProblem(error, `The lock ${path} cannot be read`, { path, fix });
  }
}

function read(path: string): FoundLock {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const { ino, birthtimeMs, mtimeMs, size } = fstatSync(file);
    const owner = size > longestLock ? undefined : parseOwner(readFileSync(file, 'utf8'));
    return { id: owner?.token ?? `${ino}-${Math.floor(birthtimeMs)}`, owner, heartbeat: mtimeMs };
  } finally {
    closeSync(file);
  }
}

/** Removes a lock file if it is abandoned; returns whether it did. */
export function evictIfDead(path: string, waiter: Waiter): boolean {
  const lock = readLock(path);
  return lock !== undefined && isAbandoned(path, lock, waiter) && removeLock(path, lock.id, waiter);
}

/** Records the state of several lock files, so that their times without a heartbeat are measured in parallel. */
export function watchLocks(paths: readonly string[]): Observations {
  const seen: Observations = new Map();
  for (const path of paths) {
    const lock = lookQuietly(path);
    if (lock !== undefined) {
      startObserving(path, lock, seen);
    }
  }
  return seen;
}

/** Makes one heartbeat of a lock: writes to its file, which updates the file's time by the clock of the file system. */
export function writeHeartbeat(path: string): void {
  try {
    const file = openSync(path, constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      // Every lock file starts with this character, so its content does not change.
      writeSync(file, '{', 0);
    } finally {
      closeSync(file);
    }
  } catch {
    // Without heartbeats, another process will take the lock over.
  }
}

/**
 * Removes a lock file if it still has this id; returns whether it did. Whoever removes a lock file, also its owner,
 * first creates a claim, a second lock file named after the id. Only one process has the claim, so that nobody replaces
 * the lock file between the check and the removal. A claim can be abandoned too, and is then removed in the same way.
 */
export function removeLock(path: string, id: string, waiter: Waiter): boolean {
  const claim = `${path}.${id.slice(0, 8)}`;
  if (!createLock(claim, waiter.me)) {
    evictIfDead(claim, waiter);
    return false;
  }
  try {
    if (readLock(path)?.id !== id) {
      return false;
    }
    unlinkSync(path);
    return true;
  } catch (error) {
    if (isBusy(error) || codeOf(error) === 'ENOENT') {
      return false;
    }
    const fix = 'Remove it if no other job is running.';
    throw asFileProblem(error, `The lock ${path} of a process that ended cannot be removed`, { path, fix });
  } finally {
    removeQuietly(claim);
  }
}

/** Removes the claims of killed processes; the caller must hold the lock. */
export function removeDeadClaims(path: string, host: string): void {
  const folder = dirname(resolve(path));
  const isClaim = (name: string) =>
    name.startsWith(`${basename(path)}.`) && /^[0-9a-f-]{8}$/.test(name.slice(basename(path).length + 1));
  for (const name of namesIn(folder).filter(isClaim)) {
    const claim = join(folder, name);
    if (isKilled(lookQuietly(claim)?.owner, host)) {
      removeQuietly(claim);
    }
  }
}

/** Removes the lock file and claims of killed processes without holding a lock, where none can be created. */
export function removeDeadLock(path: string): void {
  const host = thisHost();
  removeDeadClaims(path, host);
  if (isKilled(lookQuietly(path)?.owner, host)) {
    removeQuietly(path);
  }
}

function lookQuietly(path: string): FoundLock | undefined {
  try {
    return readLock(path);
  } catch {
    return undefined;
  }
}
