import { randomBytes } from 'node:crypto';
import { readdirSync, unlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

const temporaryMark = '.assume-role-tmp';

/** Makes the path of a temporary file next to a file; `removeLeftovers` recognizes its name. */
export function temporaryName(path: string): string {
  return join(dirname(resolve(path)), `.${basename(path)}.${randomBytes(8).toString('hex')}${temporaryMark}`);
}

/** Removes the temporary files next to a file that killed processes left; the caller must hold the file's lock. */
export function removeLeftovers(path: string): void {
  const folder = dirname(resolve(path));
  const isLeft = (name: string) => name.startsWith(`.${basename(path)}.`) && name.endsWith(temporaryMark);
  for (const name of namesIn(folder).filter(isLeft)) {
    removeOne(join(folder, name));
  }
}

/** The names in a folder; empty if it cannot be read. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function removeOne(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // The temporary file stays; nothing depends on it.
  }
}
