import { constants, type Stats, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { devNull } from 'node:os';
import { asFileProblem, codeOf, FileProblem } from './file-problem.js';

/** Flags for reading. Windows has neither O_NOFOLLOW nor O_NONBLOCK: only the checks before the opening apply there. */
const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a file for reading, never through a symbolic link and never waiting for a pipe; undefined if there is no file.
 * Throws a `FileProblem` if it cannot be opened.
 */
export async function openIfPresent(path: string): Promise<FileHandle | undefined> {
  return open(path, readFlags).catch((cause: unknown) => {
    if (codeOf(cause) === 'ENOENT') {
      return undefined;
    }
    const fix = 'Allow the user of the job to read it.';
    throw asFileProblem(cause, `${path} cannot be read`, { path, fix });
  });
}

/** Throws a `FileProblem` for a symbolic link, folder, pipe, socket or device. */
export function refuseUnlessRegular(path: string, stats: Stats): void {
  if (stats.isFile()) {
    return;
  }
  const what = stats.isSymbolicLink() ? 'a symbolic link' : kindOf(stats);
  throw new FileProblem(`${path} is ${what}.`, { path, fix: 'Put a regular file in its place, or give another path.' });
}

/** Maximum bytes of the files that the step reads. */
export const limits = { awsFile: 10_485_760, roleChainFile: 5_242_880 } as const;

/** Says what something is that is not a regular file, for messages. */
function kindOf(stats: Stats): string {
  if (stats.isDirectory()) {
    return 'a folder';
  }
  if (stats.isFIFO()) {
    return 'a pipe, not a regular file';
  }
  if (stats.isSocket()) {
    return 'a socket, not a regular file';
  }
  return 'a device, not a regular file';
}

/** Reads a UTF-8 text; throws a `FileProblem` if the file is larger than the limit, or is not UTF-8. */
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

/** Throws a `FileProblem` if a file is larger than the limit. */
export function refuseLarger(path: string, size: number, limitBytes: number): void {
  if (size > limitBytes) {
    const fix = 'Give a smaller file.';
    throw new FileProblem(`${path} is larger than ${limitBytes} bytes, the limit for this file.`, { path, fix });
  }
}

const chunkBytes = 65_536;

/** Whether a file is the null device, which reads as empty. */
export function isNullDevice(stats: Stats): boolean {
  return stats.isCharacterDevice() && stats.rdev === statSync(devNull, { throwIfNoEntry: false })?.rdev;
}

/** Decodes UTF-8 and keeps a byte order mark; throws a `FileProblem`, without the content, if the bytes are invalid. */
export function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FileProblem(`${path} is not UTF-8 text.`, { path, fix: 'Save the file as UTF-8.' });
  }
}
