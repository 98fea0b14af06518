import { parseSharedFile, type SharedFile } from '../../domain/shared-config/shared-file.js';
import { readIfPresent, removePrivate, writePrivate } from '../files/private-file.js';

/** The file next to an AWS file with the record that concurrent steps share. */
export function sharedFileRecord(path: string): string {
  return `${path}.assume-role.json`;
}

/** Reads the record of an AWS file; undefined if there is no readable one. */
export async function readSharedFile(path: string): Promise<SharedFile | undefined> {
  try {
    return parseSharedFile((await readIfPresent(sharedFileRecord(path))) ?? '');
  } catch {
    return undefined;
  }
}

/** Writes the record of an AWS file, or removes it if it is empty. */
export function writeSharedFile(path: string, shared: SharedFile | undefined): void {
  if (shared === undefined) {
    removePrivate(sharedFileRecord(path));
  } else {
    // Only an overwritten profile must survive a power failure.
    const isLasting = Object.keys(shared.sections).length > 0;
    writePrivate(sharedFileRecord(path), JSON.stringify(shared), { isLasting });
  }
}
