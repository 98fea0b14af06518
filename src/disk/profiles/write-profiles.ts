import { dirname } from 'node:path';
import { joinSharedFile, type SharedFile } from '../../domain/shared-config/shared-file.js';
import type { FileUndo } from '../../domain/undo/clean-up.js';
import { removeLeftovers } from '../files/leftovers.js';
import { readIfPresent, regularFile, writePrivate } from '../files/private-file.js';
import { ensureFolder, missingFolders } from '../files/private-folder.js';
import { watchLocks } from '../lock/lock-file.js';
import type { LockOptions } from '../lock/with-lock.js';
import { underFileLocks } from './lock-aws-files.js';
import { type FileWrite, fileWrites, lockFileOf, newText, type Profiles, untouched } from './profile-files.js';
import { readSharedFile, writeSharedFile } from './shared-file-record.js';

/** What `writeProfiles` writes, and how. */
export interface ProfilesWrite extends Profiles {
  /** Identifies this step among others that use the same files. */
  readonly step: string;
  /** What `filesToWrite` returned; the caller has recorded it already. */
  readonly files: readonly FileUndo[];
  /** Called before each change with all that is to be undone after it: created folders and written sections. */
  readonly record: (files: readonly FileUndo[]) => void;
  readonly lock?: LockOptions;
}

/** The change of one file, before it is written. */
interface Change {
  readonly undo: FileUndo;
  readonly after: string;
  readonly shared: SharedFile | undefined;
}

/** Returns the undo of each AWS file that `writeProfiles` would change, before any change: only missing folders. */
export async function filesToWrite(request: Profiles): Promise<readonly FileUndo[]> {
  return (await fileWrites(request)).map(({ path }) => untouched(path));
}

/**
 * Writes profiles to the config and the credentials file under a lock, each file once. Throws `ProfileExists` for an
 * existing profile, unless `overwrite` is true: then its section in the credentials file is removed too if the new
 * profile has none. After an error, `restoreProfiles` with the recorded undo restores the files.
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
  const paths = files.map(({ path }) => path).sort();
  await underFileLocks(paths, { ...request.lock, seen: watchLocks(paths.map(lockFileOf)), prepare }, async () => {
    const changes: Change[] = [];
    for (const file of files) {
      changes.push(await planChange(file, request, undo.get(file.path)?.folders ?? []));
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

async function planChange(
  { path, sections }: FileWrite,
  { step, overwrite }: ProfilesWrite,
  folders: readonly string[],
): Promise<Change> {
  removeLeftovers(path);
  const before = await readIfPresent(path);
  const { text, undo } = newText({ path, sections }, before, overwrite);
  const mode = (regularFile(path)?.mode ?? 0o600) & 0o777;
  const found = {
    ...((mode & 0o077) !== 0 && { mode }),
    ...(before === undefined && { made: folders }),
  };
  const shared = joinSharedFile(await readSharedFile(path), { step, sections: undo }, { ...found, now: Date.now() });
  return { undo: { path, created: before === undefined, folders: [], sections: undo }, after: text, shared };
}
