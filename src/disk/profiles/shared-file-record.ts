import { parseSharedFile, type SharedFile } from '../../domain/shared-config/shared-file.js';
import { readIfPresent, removePrivate, writePrivate } from '../files/private-file.js';

/** The path of the record that concurrent steps share about an AWS file, in a file next to it. */
export function sharedFileRecord(path: string): string {
  return `${path}.assume-role.json`;
}

/** Reads the shared record of an AWS file; undefined if there is none, or it is damaged. */
export async function readSharedFile(path: string): Promise<SharedFile | undefined> {
  try {
    return parseSharedFile((await readIfPresent(sharedFileRecord(path))) ?? '');
  } catch {
    return undefined;
  }
}

/** Writes the shared record of an AWS file, or removes it if no step needs it any more. */
export function writeSharedFile(path: string, shared: SharedFile | undefined): void {
  if (shared === undefined) {
    removePrivate(sharedFileRecord(path));
  } else {
    // A record must survive a power failure only if it holds the text of an overwritten profile.
    const isLasting = Object.keys(shared.sections).length > 0;
    writePrivate(sharedFileRecord(path), JSON.stringify(shared), { isLasting });
  }
}
