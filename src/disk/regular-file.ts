import { constants, lstatSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { devNull } from 'node:os';
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
    if (codeOf(cause) === 'ENOENT') {
      return undefined;
    }
    const fix = 'Let the user the job runs as read it.';
    throw asFileProblem(cause, `${path} cannot be read`, { path, fix });
  });
}

/** Throws a `FileProblem` on a symlink, folder, pipe or device. */
export function refuseUnlessRegular(path: string, found: Stats): void {
  if (found.isFile()) {
    return;
  }
  const what = found.isSymbolicLink() ? 'a symbolic link' : kindOf(found);
  throw new FileProblem(`${path} is ${what}.`, { path, fix: 'Put a regular file in its place, or give another path.' });
}

/** Bytes of one of AWS's files, and of a role-chain file, that are read. */
export const limits = { awsFile: 10_485_760, roleChainFile: 5_242_880 } as const;

/** What a file that is no regular one is called. */
export function kindOf(found: Stats): string {
  if (found.isDirectory()) {
    return 'a folder';
  }
  if (found.isFIFO()) {
    return 'a pipe, not a regular file';
  }
  if (found.isSocket()) {
    return 'a socket, not a regular file';
  }
  return 'a device, not a regular file';
}

/** Reads a file from its start to its end; a `FileProblem` where it is larger than the limit. */
export async function readBounded(file: FileHandle, path: string, limitBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes);
    if (bytesRead === 0) {
      return decode(path, Buffer.concat(chunks));
    }
    chunks.push(buffer.subarray(0, bytesRead));
    size += bytesRead;
    refuseLarger(path, size, limitBytes);
  }
}

/** Throws a `FileProblem` where a file is larger than the limit. */
export function refuseLarger(path: string, size: number, limitBytes: number): void {
  if (size > limitBytes) {
    const fix = 'Give a smaller file.';
    throw new FileProblem(`${path} is larger than ${limitBytes} bytes, the most that is read of it.`, { path, fix });
  }
}

const chunkBytes = 65_536;

/** Whether a file is the null device, which reads as empty wherever it is mounted. */
export function isNullDevice(found: Stats): boolean {
  return found.isCharacterDevice() && found.rdev === statSync(devNull, { throwIfNoEntry: false })?.rdev;
}

/** Reads bytes as UTF-8, byte order mark kept; a `FileProblem`, never with a byte of them, if they are none. */
export function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FileProblem(`${path} is not UTF-8 text.`, { path, fix: 'Save the file as UTF-8.' });
  }
}
