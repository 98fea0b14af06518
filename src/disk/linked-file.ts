import { constants, lstatSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { devNull } from 'node:os';
import { asFileProblem, codeOf, FileProblem } from './file-problem.js';
import { decode } from './regular-file.js';

const readFix = 'Let the user the job runs as read it.';

/**
 * Reads a UTF-8 text through symbolic links, as the AWS CLI and SDKs read their files, or `undefined` if there is none.
 * Throws a `FileProblem` on a file that is there and cannot be read.
 */
export async function readLinked(path: string): Promise<string | undefined> {
  const file = await openLinked(path);
  if (file === undefined) return undefined;
  try {
    return decode(path, await file.readFile());
  } finally {
    await file.close();
  }
}

/** Opens a regular file for reading, through symbolic links and never waiting for a pipe, or `undefined` if there is none. */
export async function openLinked(path: string): Promise<FileHandle | undefined> {
  if (path === devNull) return undefined;
  const found = look(path);
  if (found === undefined) return undefined;
  refuseUnlessFile(path, found);
  // Windows has no such flag; there the look before the opening has to do.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((cause: unknown) => {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw asFileProblem(cause, `${path} cannot be read`, { path, fix: readFix });
  });
  if (file === undefined) return undefined;
  try {
    refuseUnlessFile(path, await file.stat());
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Synchronous: most often there is nothing, and an answer from Node's threads takes longer than the rest of the step. */
function look(path: string): Stats | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined && lstatSync(path, { throwIfNoEntry: false }) !== undefined) {
      const fix = 'Mount or make the file it points to, or take the link away.';
      throw new FileProblem(`${path} is a symbolic link to a file that does not exist.`, { path, fix });
    }
    return found;
  } catch (cause) {
    throw asFileProblem(cause, `${path} cannot be read`, { path, fix: readFix });
  }
}

function refuseUnlessFile(path: string, found: Stats): void {
  if (found.isFile()) return;
  const what = found.isDirectory() ? 'a folder' : 'no regular file';
  throw new FileProblem(`${path} is ${what}.`, { path, fix: 'Put a regular file in its place, or give another path.' });
}
