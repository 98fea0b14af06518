import { createHash } from 'node:crypto';
import { type UndoOutcome, undoSections } from '../domain/shared-config/undo-sections.js';
import type { SectionUndo } from '../domain/shared-config/write-sections.js';
import { type LockOptions, withLock } from './lock.js';
import { readIfPresent, removeLeftovers, removePrivate, writePrivate } from './private-file.js';
import { removeFolderIfEmpty } from './private-folder.js';

/** How to take the sections written to one file back. */
export interface FileUndo {
  readonly path: string;
  readonly created: boolean;
  readonly createdFolders: readonly string[];
  readonly sections: readonly SectionUndo[];
}

/** How to take `writeProfiles` back, as JSON; holds the bytes of overwritten sections, nothing of the new ones. */
export interface ProfilesUndo {
  readonly files: readonly FileUndo[];
}

/** What became of one section of one file; `failed` says why in `reason`. */
export interface RestoreOutcome {
  readonly path: string;
  readonly section: string;
  readonly outcome: UndoOutcome | 'failed';
  readonly reason?: string;
}

/**
 * Takes `writeProfiles` back under the same locks, the files and folders it made included. A file that cannot be
 * restored is an outcome, not an error; a second call is harmless.
 */
export async function restoreProfiles(undo: ProfilesUndo, lock: LockOptions = {}): Promise<RestoreOutcome[]> {
  const outcomes: RestoreOutcome[] = [];
  for (const file of undo.files.toReversed()) outcomes.push(...(await restoreFile(file, lock)));
  for (const file of undo.files) for (const folder of file.createdFolders) await removeFolderIfEmpty(folder);
  return outcomes;
}

async function restoreFile(file: FileUndo, lock: LockOptions): Promise<RestoreOutcome[]> {
  const { path, sections } = file;
  let madeForLock: readonly string[] = [];
  try {
    return await withLock(lockFile(path), lock, (createdFolders) => {
      madeForLock = createdFolders;
      return restoreText(file);
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown error';
    return sections.map(({ name }) => ({ path, section: name, outcome: 'failed', reason }));
  } finally {
    for (const folder of madeForLock) await removeFolderIfEmpty(folder);
  }
}

async function restoreText({ path, created, sections }: FileUndo): Promise<RestoreOutcome[]> {
  await removeLeftovers(path);
  const text = await readIfPresent(path);
  if (text === undefined) return sections.map(({ name }) => ({ path, section: name, outcome: 'missing' }));
  const undone = undoSections(text, sections, sha256);
  if (created && undone.text === '') await removePrivate(path);
  else if (undone.text !== text) await writePrivate(path, undone.text);
  return undone.outcomes.map((outcome) => ({ path, ...outcome }));
}

/** The lock file that guards a shared file. */
export function lockFile(path: string): string {
  return `${path}.assume-role.lock`;
}

/** The SHA-256 of a text in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
