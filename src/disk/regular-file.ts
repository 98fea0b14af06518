import { constants, lstatSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { asFileProblem, codeOf, FileProblem } from './file-problem.js';

// Windows has neither flag; there the look before the opening has to do.
const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** What stands at a path, symlinks not followed, or `undefined`. Synchronous: most often there is nothing, and an answer from Node's threads takes longer than all the rest of the step's preparation. */
export async function lstatIfPresent(path: string): Promise<Stats | undefined> {
  return lstatSync(path, { throwIfNoEntry: false });
}

/** Opens a file for reading, never through a symlink and never waiting for a pipe, or `undefined` if there is none. */
export async function openIfPresent(path: string): Promise<FileHandle | undefined> {
  return open(path, readFlags).catch((cause: unknown) => {
    if (codeOf(cause) === 'ENOENT') return undefined;
    const fix = 'Let the user the job runs as read it.';
    throw asFileProblem(cause, `${path} cannot be read`, { path, fix });
  });
}

/** Throws a `FileProblem` on a symlink, folder, pipe or device. */
export function refuseUnlessRegular(path: string, found: Stats): void {
  if (found.isFile()) return;
  const what = found.isSymbolicLink() ? 'a symbolic link' : 'no regular file';
  throw new FileProblem(`${path} is ${what}.`, { path, fix: 'Put a regular file in its place, or give another path.' });
}

/** Reads bytes as UTF-8, byte order mark kept; a `FileProblem`, never with a byte of them, if they are none. */
export function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FileProblem(`${path} is not UTF-8 text.`, { path, fix: 'Save the file as UTF-8.' });
  }
}
