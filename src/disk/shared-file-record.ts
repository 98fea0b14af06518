import { parseSharedFile, type SharedFile } from '../domain/shared-config/shared-file.js';
import { readIfPresent, removePrivate, writePrivate } from './private-file.js';

/** The file beside an AWS file in which the steps that use it at the same time keep what they must know of each other. */
export function sharedFileRecord(path: string): string {
  return `${path}.assume-role.json`;
}

/** Reads the record of an AWS file; undefined where there is none, or none that can be read. */
export async function readSharedFile(path: string): Promise<SharedFile | undefined> {
  try {
    return parseSharedFile((await readIfPresent(sharedFileRecord(path))) ?? '');
  } catch {
    return undefined;
  }
}

/** Writes the record of an AWS file, or removes it where there is nothing to keep. */
export function writeSharedFile(path: string, shared: SharedFile | undefined): void {
  if (shared === undefined) {
    removePrivate(sharedFileRecord(path));
  } else {
    writePrivate(sharedFileRecord(path), JSON.stringify(shared));
  }
}
