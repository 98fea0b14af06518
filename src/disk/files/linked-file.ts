import { accessSync, constants, lstatSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { asFileProblem, codeOf, FileProblem } from './file-problem.js';
import { isNullDevice, limits, readBounded, refuseLarger, refuseUnlessRegular } from './regular-file.js';

const readFix = 'Allow the user of the job to read it.';

/**
 * Reads a UTF-8 text through symbolic links, like the AWS CLI and SDKs; undefined if there is no file, or it is the
 * null device. Throws a `FileProblem` if the file cannot be read or is too large.
 */
export async function readLinked(path: string, limitBytes: number = limits.awsFile): Promise<string | undefined> {
  const file = await openLinked(path);
  if (file === undefined) {
    return undefined;
  }
  try {
    return await readBounded(file, path, limitBytes);
  } finally {
    await file.close();
  }
}

/** Returns why a file cannot be read through symbolic links, as far as `stat` shows; undefined for an absent file. */
export function linkedFileFault(path: string, limitBytes: number = limits.awsFile): FileProblem | undefined {
  try {
    const stats = look(path);
    if (stats !== undefined && !isNullDevice(stats)) {
      refuseUnlessRegular(path, stats);
      refuseLarger(path, stats.size, limitBytes);
    }
    return undefined;
  } catch (error) {
    return asFileProblem(error, `${path} cannot be read`, { path, fix: readFix });
  }
}

/** Throws a `FileProblem` if this user may not read a file, which `stat` alone does not show. */
export function refuseUnreadable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (cause) {
    throw asFileProblem(cause, `${path} cannot be read`, { path, fix: readFix });
  }
}

/** Whether a path exists, through symbolic links. */
export function existsLinked(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Whether something is at a path, a link without its file included; true also if that cannot be checked. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

/**
 * Opens a regular file for reading, through symbolic links and never waiting for a pipe; undefined if there is no file,
 * or it is the null device. Throws a `FileProblem` if it cannot be opened.
 */
export async function openLinked(path: string): Promise<FileHandle | undefined> {
  const stats = look(path);
  if (stats === undefined || isNullDevice(stats)) {
    return undefined;
  }
  refuseUnlessRegular(path, stats);
  // Windows has no O_NONBLOCK; there, only the check before the opening keeps this from waiting for a pipe.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((cause: unknown) => {
    if (codeOf(cause) === 'ENOENT') {
      return undefined;
    }
    throw asFileProblem(cause, `${path} cannot be read`, { path, fix: readFix });
  });
  if (file === undefined) {
    return undefined;
  }
  try {
    refuseUnlessRegular(path, await file.stat());
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Returns what is at a path; throws a `FileProblem` for a link without its file. Synchronous, because usually no file
 * is there, and an asynchronous call would take longer than all else that the step does then.
 */
function look(path: string): Stats | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined && lstatSync(path, { throwIfNoEntry: false }) !== undefined) {
      const fix = 'Mount or create the file that it points to, or remove the link.';
      throw new FileProblem(`${path} is a symbolic link to a file that does not exist.`, { path, fix });
    }
    return stats;
  } catch (cause) {
    throw asFileProblem(cause, `${path} cannot be read`, { path, fix: readFix });
  }
}
