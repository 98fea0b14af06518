import { dirname, sep } from 'node:path';
import { messageOf } from '../../domain/input/error-message.js';
import { fingerprintOf } from '../../domain/input/fingerprint.js';
import type { SectionText } from '../../domain/shared-config/section-text.js';
import type { SectionUndo } from '../../domain/shared-config/section-undo.js';
import { configSection, readSections } from '../../domain/shared-config/sections.js';
import {
  type FoundFile,
  type LeftFile,
  leaveSharedFile,
  type SharedFile,
} from '../../domain/shared-config/shared-file.js';
import { takeOutWhere, undoSections } from '../../domain/shared-config/undo-sections.js';
import type { FileUndo } from '../../domain/undo/clean-up.js';
import type { SectionOutcome } from '../../domain/undo/undo-lines.js';
import { removeLeftovers } from '../files/leftovers.js';
import { readIfPresent, removePrivate, removeQuietly, setMode, writePrivate } from '../files/private-file.js';
import { missingFolders, removeFolderIfEmpty } from '../files/private-folder.js';
import { writeInPlace } from '../files/write-in-place.js';
import { removeDeadLock, watchLocks } from '../lock/lock-file.js';
import { LockBusy, type LockOptions, withLock } from '../lock/with-lock.js';
import { lockFileOf } from './profile-files.js';
import { readSharedFile, sharedFileRecord, writeSharedFile } from './shared-file-record.js';

/** One step and the files that it wrote. */
export interface WrittenFiles {
  readonly step: string;
  readonly files: readonly FileUndo[];
  /** Given if the record of the sections is lost: whether the step wrote a section with this fingerprint. */
  readonly isMarked?: ((fingerprint: string) => boolean) | undefined;
}

/**
 * Undoes `writeProfiles`, including created files and folders, and removes temporary files of killed steps. The step's
 * keys are removed even if the disk is full or no lock can be created. A file that cannot be restored does not throw:
 * it is one of the outcomes. Idempotent.
 */
export async function restoreProfiles(written: WrittenFiles, lock: LockOptions = {}): Promise<SectionOutcome[]> {
  const { files } = written;
  const outcomes: SectionOutcome[] = [];
  const made = new Set<string>();
  const seen = watchLocks(files.map(({ path }) => lockFileOf(path)));
  for (const file of files.toReversed()) {
    const isLost = (part: SectionText) => isLostSection(part, outcomes, written);
    outcomes.push(...(await restoreUnderLock({ ...written, file, isLost, made }, { ...lock, seen })));
  }
  for (const folder of [...files.flatMap(({ folders }) => folders), ...made]) {
    removeFolderIfEmpty(folder);
  }
  return outcomes;
}

/** One file to restore. */
interface Restored {
  readonly step: string;
  readonly file: FileUndo;
  /** Whether a section was written by this step although no record says so. */
  readonly isLost: (part: SectionText) => boolean;
  /** Collects folders that other steps created for files that no step uses any more. */
  readonly made: Set<string>;
}

async function restoreUnderLock(restored: Restored, lock: LockOptions): Promise<readonly SectionOutcome[]> {
  const { file } = restored;
  let outcomes: readonly SectionOutcome[] | undefined;
  try {
    if (missingFolders(dirname(file.path)).length > 0) {
      return all(file, 'missing');
    }
    await withLock(lockFileOf(file.path), lock, async () => {
      removeLeftovers(file.path);
      outcomes = await restore(restored);
    });
  } catch (error) {
    if (outcomes === undefined) {
      outcomes = await restore(restored);
    }
    if (!(error instanceof LockBusy)) {
      removeLeftovers(file.path);
      removeDeadLock(lockFileOf(file.path));
    }
  }
  return outcomes ?? [];
}

async function restore({ step, file, isLost, made }: Restored): Promise<readonly SectionOutcome[]> {
  const { path, sections } = file;
  const shared = await readSharedFile(path);
  try {
    const text = await readIfPresent(path);
    const left: LeftFile =
      shared === undefined
        ? { sections, handedOn: [], shared }
        : leaveSharedFile(shared, { step, sections }, { text: text ?? '', now: Date.now() });
    const outcomes = text === undefined ? all(file, 'missing') : restoreText(file, text, { ...left, isLost });
    if (shared !== undefined && (hasNoOriginals(shared) || !outcomes.some(({ outcome }) => outcome === 'failed'))) {
      writeSharedFile(path, left.shared);
      for (const folder of (left.found?.made ?? []).filter((one) => path.startsWith(`${one}${sep}`))) {
        made.add(folder);
      }
    }
    return outcomes;
  } catch (error) {
    if (shared !== undefined && hasNoOriginals(shared)) {
      removeQuietly(sharedFileRecord(path));
    }
    return all(file, 'failed', messageOf(error));
  }
}

/** Whether a record holds no text of an overwritten profile, so that nothing is lost without the record. */
function hasNoOriginals({ sections }: SharedFile): boolean {
  return Object.keys(sections).length === 0;
}

function restoreText(
  file: FileUndo,
  text: string,
  { isLost, ...left }: LeftFile & Pick<Restored, 'isLost'>,
): readonly SectionOutcome[] {
  const { path } = file;
  const undone = undoSections(text, left.sections);
  const { text: after, names } = takeOutWhere(undone.text, isLost);
  const handedOn = left.handedOn.map((section) => ({ path, section, outcome: 'handed on' as const }));
  try {
    writeRestored(file, { before: text, after, found: left.found });
    const recognized = names.map((section) => ({ path, section, outcome: 'restored' as const }));
    return [...undone.outcomes.map((outcome) => ({ path, ...outcome })), ...recognized, ...handedOn];
  } catch (error) {
    return [...withoutOriginals(path, text, { sections: left.sections, error }), ...handedOn];
  }
}

function writeRestored(
  { path, created }: FileUndo,
  { before, after, found = {} }: { before: string; after: string; found: FoundFile | undefined },
): void {
  const { mode, made } = found;
  try {
    if ((created || made !== undefined) && after === '') {
      removePrivate(path);
    } else if (after !== before) {
      writePrivate(path, after, { mode });
    }
  } catch {
    writeInPlace(path, after);
  }
  if (mode !== undefined) {
    setMode(path, mode);
  }
}

/** Removes the step's sections without restoring the originals, for a full disk: removing text needs no space. */
function withoutOriginals(
  path: string,
  text: string,
  { sections, error }: { sections: readonly SectionUndo[]; error: unknown },
): readonly SectionOutcome[] {
  const bare = undoSections(
    text,
    sections.map((undo) => ({ ...undo, original: null })),
  );
  writeInPlace(path, bare.text);
  const lost = new Set(sections.flatMap(({ name, original }) => (original === null ? [] : [name])));
  const reason = `${messageOf(error)} The keys of the step were removed from it; the previous content is in ${sharedFileRecord(path)}`;
  return bare.outcomes.map((outcome) =>
    lost.has(outcome.section) ? { path, section: outcome.section, outcome: 'failed', reason } : { path, ...outcome },
  );
}

/**
 * Whether a section was written by this step, if the record of its sections is lost. A section with keys is recognized
 * by its fingerprint. A section with only a Region belongs to the step if the step's section with keys has the same
 * name.
 */
function isLostSection(
  { name, text }: SectionText,
  outcomes: readonly SectionOutcome[],
  { isMarked }: WrittenFiles,
): boolean {
  if (isMarked === undefined || isMarked(fingerprintOf(text))) {
    return isMarked !== undefined;
  }
  const isPlain = readSections(text).every(({ entries }) => [...entries.keys()].every((key) => key === 'region'));
  return isPlain && outcomes.some(({ section, outcome }) => outcome === 'restored' && configSection(section) === name);
}

function all({ path, sections }: FileUndo, outcome: SectionOutcome['outcome'], reason?: string): SectionOutcome[] {
  return sections.map(({ name }) => ({ path, section: name, outcome, ...(reason !== undefined && { reason }) }));
}
