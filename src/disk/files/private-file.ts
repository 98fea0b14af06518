import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  type Stats,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { asFileProblem, codeOf, FileProblem, writeFix } from './file-problem.js';
import { temporaryName } from './leftovers.js';
import { limits, openIfPresent, readBounded, refuseUnlessRegular } from './regular-file.js';

const privateMode = 0o600;

/** How to write a file. */
export interface WriteOptions {
  /** The mode that the file gets; by default 0600, or the mode of the existing file if that is stricter. */
  readonly mode?: number | undefined;
  /** Whether the file must survive a power failure, so that it is written with fsync; default true. */
  readonly isLasting?: boolean;
}

/**
 * Reads a UTF-8 text with its byte order mark; undefined if there is no file. Throws a `FileProblem` for a symbolic
 * link and for a file that is not regular.
 */
export async function readIfPresent(path: string, limitBytes: number = limits.awsFile): Promise<string | undefined> {
  if (regularFile(path) === undefined) {
    return undefined;
  }
  const file = await openIfPresent(path);
  if (file === undefined) {
    return undefined;
  }
  try {
    refuseUnlessRegular(path, await file.stat());
    return await readBounded(file, path, limitBytes);
  } finally {
    await file.close();
  }
}

/**
 * Creates or replaces a file atomically (temporary file, fsync, rename), readable only by its owner. Throws a
 * `FileProblem` for a symbolic link, a file that is not regular and, unless this user is root, a file of another user.
 */
export function writePrivate(path: string, text: string, options: WriteOptions = {}): void {
  const existing = regularFile(path);
  if (existing !== undefined) {
    refuseForeign(path, existing);
  }
  const temporary = temporaryName(path);
  try {
    writeNew(temporary, text, { ...options, existing });
    retryBriefly(() => renameSync(temporary, path));
  } catch (error) {
    removeQuietly(temporary);
    throw asFileProblem(error, `${path} cannot be written`, { path, fix: writeFix(error) });
  }
  if (options.isLasting !== false) {
    syncFolder(dirname(resolve(path)));
  }
}

/** Removes a file or symbolic link; returns whether there was one, and throws Node's error if it cannot be removed. */
export function removePrivate(path: string): boolean {
  try {
    retryBriefly(() => unlinkSync(path));
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return false;
    }
    throw error;
  }
}

/** Removes a file if it can be removed. */
export function removeQuietly(path: string): void {
  try {
    removePrivate(path);
  } catch {
    // The file stays; nothing depends on it.
  }
}

function writeNew(
  path: string,
  text: string,
  { existing, mode, isLasting }: WriteOptions & { readonly existing: Stats | undefined },
): void {
  const file = openSync(path, 'wx', privateMode);
  try {
    writeFileSync(file, text);
    if (process.platform !== 'win32') {
      keepOwnerAndMode(file, existing, mode);
    }
    if (isLasting !== false) {
      fsyncSync(file);
    }
  } finally {
    closeSync(file);
  }
}

function keepOwnerAndMode(file: number, existing: Stats | undefined, mode: number | undefined): void {
  // In a container job, root may write a file of the runner's user, who stays its owner.
  if (existing !== undefined && existing.uid !== process.getuid?.()) {
    fchownSync(file, existing.uid, existing.gid);
  }
  if (existing !== undefined || mode !== undefined) {
    fchmodSync(file, mode ?? (existing?.mode ?? privateMode) & privateMode);
  }
}

/** Sets the mode of a file, if it exists; throws a `FileProblem` for a symbolic link or a file that is not regular. */
export function setMode(path: string, mode: number): void {
  if (regularFile(path) !== undefined && process.platform !== 'win32') {
    chmodSync(path, mode);
  }
}

/** Returns the file at a path, if any; throws a `FileProblem` for a symbolic link or a file that is not regular. */
export function regularFile(path: string): Stats | undefined {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats !== undefined) {
      refuseUnlessRegular(path, stats);
    }
    return stats;
  } catch (error) {
    throw asFileProblem(error, `${path} cannot be read`, { path, fix: 'Check the path.' });
  }
}

/** Throws a `FileProblem` for a file of another user, unless this user is root. */
export function refuseForeign(path: string, existing: Stats): void {
  const user = process.getuid?.();
  if (user === undefined || user === 0 || user === existing.uid) {
    return;
  }
  const fix = 'Change its owner to the user of the job, or set another path.';
  throw new FileProblem(`${path} belongs to another user.`, { path, fix });
}

/** Repeats an action on Windows, where a virus scanner or another reader may lock a file for a moment. */
function retryBriefly(act: () => void): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      act();
      return;
    } catch (error) {
      const passing = ['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error) ?? '');
      if (process.platform !== 'win32' || !passing || attempt === 10) {
        throw error;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20 * attempt);
    }
  }
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') {
    return;
  }
  try {
    const handle = openSync(folder, constants.O_RDONLY);
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // Not every file system supports fsync of a folder.
  }
}
