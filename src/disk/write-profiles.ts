import { dirname } from 'node:path';
import type { FileUndo } from '../domain/handover/clean-up.js';
import { joinSharedFile, type SharedFile } from '../domain/shared-config/shared-file.js';
import { removeLeftovers } from './leftovers.js';
import { type LockOptions, withLock } from './lock.js';
import { readIfPresent, regularFile, writePrivate } from './private-file.js';
import { ensureFolder, missingFolders } from './private-folder.js';
import { type FileWrite, fileWrites, lockFile, newText, type Profiles, untouched } from './profile-files.js';
import { readSharedFile, writeSharedFile } from './shared-file-record.js';

/** What `writeProfiles` does. */
export interface ProfilesWrite extends Profiles {
  /** Tells this step from others that use the same files. */
  readonly step: string;
  /** What `filesToWrite` answered, and was recorded already. */
  readonly files: readonly FileUndo[];
  /** Gets what is to be undone before it is done: folders that are made, and sections that are written. */
  readonly record: (files: readonly FileUndo[]) => void;
  readonly lock?: LockOptions;
}

/** What one file becomes. */
interface Change {
  readonly undo: FileUndo;
  readonly after: string;
  readonly shared: SharedFile | undefined;
}

/** The AWS files that `writeProfiles` would change, with the folders that are missing. */
export async function filesToWrite(request: Profiles): Promise<readonly FileUndo[]> {
  return (await fileWrites(request)).map(({ path }) => untouched(path));
}

/**
 * Writes profiles into the config and the credentials file under a lock, each file once. An existing profile is a
 * `ProfileExists` unless `overwrite`, which also takes a credentials section away that the new profile has none for.
 * Where it throws, `restoreProfiles` with what was recorded undoes the files that were written.
 */
export async function writeProfiles(request: ProfilesWrite): Promise<void> {
  const files = await fileWrites(request);
  const undo = new Map(request.files.map((file) => [file.path, file]));
  const record = (changed: readonly FileUndo[]) => {
    for (const file of changed) {
      undo.set(file.path, {
        ...file,
        folders: [...new Set([...(undo.get(file.path)?.folders ?? []), ...file.folders])],
      });
    }
    request.record([...undo.values()]);
  };
  const prepare = (path: string) => {
    const folders = missingFolders(dirname(path));
    if (folders.some((folder) => !undo.get(path)?.folders.includes(folder))) {
      record([{ ...untouched(path), folders }]);
    }
    ensureFolder(dirname(path));
  };
  await underLocks(files.map(({ path }) => path).sort(), { ...request.lock, prepare }, async () => {
    const changes: Change[] = [];
    for (const file of files) {
      changes.push(await planChange(file, request));
    }
    record(changes.map((change) => change.undo));
    for (const {
      undo: { path },
      after,
      shared,
    } of changes) {
      if (shared !== undefined) {
        writeSharedFile(path, shared);
      }
      writePrivate(path, after);
    }
  });
}

async function planChange({ path, sections }: FileWrite, { step, overwrite }: ProfilesWrite): Promise<Change> {
  removeLeftovers(path);
  const before = await readIfPresent(path);
  const { text, undo } = newText({ path, sections }, before, overwrite);
  const found = regularFile(path)?.mode ?? 0o600;
  const mode = (found & 0o077) === 0 ? undefined : found & 0o777;
  const shared = joinSharedFile(await readSharedFile(path), { step, sections: undo }, { mode, now: Date.now() });
  return { undo: { path, created: before === undefined, folders: [], sections: undo }, after: text, shared };
}

async function underLocks(
  paths: readonly string[],
  { prepare, ...options }: Omit<LockOptions, 'prepare'> & { readonly prepare: (path: string) => void },
  action: () => Promise<void>,
): Promise<void> {
  const [path, ...others] = paths;
  if (path === undefined) {
    await action();
    return;
  }
  await withLock(lockFile(path), { ...options, prepare: () => prepare(path) }, () =>
    underLocks(others, { ...options, prepare }, action),
  );
}
