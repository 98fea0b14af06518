import { closeSync, constants, fstatSync, openSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const keyFileName = /^assume-role-[0-9a-f-]{36}\.key$/;
const keyText = /^[0-9a-f]{64}$/;
const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The name of a step's key file; `id` is a UUID. */
export function keyFileOf(id: string): string {
  return `assume-role-${id}.key`;
}

/** Writes a new key file that only its owner can read. */
export function writeStateKey(folder: string, name: string, key: string): void {
  writeFileSync(join(folder, name), key, { flag: 'wx', mode: 0o600 });
}

/**
 * Reads a key; undefined if its file is missing or damaged, or unless it is as `writeStateKey` creates it: owned by
 * this user and closed to others.
 */
export function readStateKey(folder: string, name: string): string | undefined {
  let file: number | undefined;
  try {
    file = keyFileName.test(name) ? openSync(join(folder, name), readFlags) : undefined;
    if (file === undefined || !isOurs(file)) {
      return undefined;
    }
    const text = readFileSync(file, 'latin1');
    return keyText.test(text) ? text : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) {
      closeSync(file);
    }
  }
}

/** Removes a key file, if it exists. */
export function removeStateKey(folder: string, name: string): void {
  if (!keyFileName.test(name)) {
    return;
  }
  try {
    unlinkSync(join(folder, name));
  } catch {
    // Without its state, the key is useless.
  }
}

function isOurs(file: number): boolean {
  const stats = fstatSync(file);
  const isPrivate = process.platform === 'win32' || ((stats.mode & 0o077) === 0 && stats.uid === process.getuid?.());
  return stats.isFile() && isPrivate && stats.size === 64;
}
