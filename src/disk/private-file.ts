import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, readdir, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asFileProblem, codeOf, FileProblem } from './file-problem.js';
import { ensureFolder } from './private-folder.js';
import { decode, lstatIfPresent, openIfPresent, refuseUnlessRegular } from './regular-file.js';

const privateMode = 0o600;
const temporaryMark = '.assume-role-tmp';

/** Reads a UTF-8 text, byte order mark kept, or `undefined` if there is none; refuses symlinks and non-regular files. */
export async function readIfPresent(path: string): Promise<string | undefined> {
  if ((await regularFile(path)) === undefined) return undefined;
  const file = await openIfPresent(path);
  if (file === undefined) return undefined;
  try {
    refuseUnlessRegular(path, await file.stat());
    return decode(path, await file.readFile());
  } finally {
    await file.close();
  }
}

/**
 * Replaces a file in one step (temporary file, fsync, rename) with nobody else able to read it: mode 0600, or the
 * file's own if that is stricter. Makes missing folders with mode 0700 and answers which, the deepest first. Refuses
 * symlinks at the path and its folder, non-regular files and, unless root, files of another user.
 */
export async function writePrivate(path: string, text: string): Promise<{ createdFolders: string[] }> {
  const folder = dirname(resolve(path));
  const createdFolders = await ensureFolder(folder);
  const existing = await regularFile(path);
  if (existing !== undefined) refuseForeign(path, existing);
  const temporary = join(folder, `.${basename(path)}.${randomBytes(8).toString('hex')}${temporaryMark}`);
  try {
    await writeNew(temporary, text, existing);
    await insist(() => rename(temporary, path));
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    const fix = 'Let the user the job runs as write to its folder, and check that the disk has room.';
    throw asFileProblem(error, `${path} cannot be written`, { path, fix });
  }
  await syncFolder(folder);
  return { createdFolders };
}

/** Removes a file, or the symlink that took its place; answers whether there was one. */
export async function removePrivate(path: string): Promise<boolean> {
  try {
    await insist(() => unlink(path));
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Removes what a killed writer of this file left behind; only for whoever holds the file's lock. */
export async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(resolve(path));
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => name.startsWith(`.${basename(path)}.`) && name.endsWith(temporaryMark));
  for (const name of left) await removePrivate(join(folder, name));
}

async function writeNew(path: string, text: string, existing: Stats | undefined): Promise<void> {
  const file = await open(path, 'wx', privateMode);
  try {
    await file.writeFile(text);
    if (existing !== undefined && process.platform !== 'win32') await takeAfter(file, existing);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function takeAfter(file: FileHandle, existing: Stats): Promise<void> {
  // Root in a container job writes the runner user's file; it stays that user's.
  if (existing.uid !== process.getuid?.()) await file.chown(existing.uid, existing.gid);
  await file.chmod(existing.mode & privateMode);
}

async function regularFile(path: string): Promise<Stats | undefined> {
  const found = await lstatIfPresent(path);
  if (found !== undefined) refuseUnlessRegular(path, found);
  return found;
}

function refuseForeign(path: string, existing: Stats): void {
  const user = process.getuid?.();
  if (user === undefined || user === 0 || user === existing.uid) return;
  const fix = 'Give the file to the user the job runs as, or give another path.';
  throw new FileProblem(`${path} belongs to another user.`, { path, fix });
}

// On Windows a virus scanner or another reader may hold a file for a moment.
async function insist(act: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act();
    } catch (error) {
      const passing = ['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error) ?? '');
      if (process.platform !== 'win32' || !passing || attempt === 10) throw error;
      await sleep(20 * attempt);
    }
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY).catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
