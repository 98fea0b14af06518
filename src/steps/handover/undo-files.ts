import type { LockOptions } from '../../disk/lock/with-lock.js';
import { restoreProfiles } from '../../disk/profiles/restore-profiles.js';
import { removeStepFolder } from '../../disk/step-files/step-folder.js';
import { messageOf } from '../../domain/input/error-message.js';
import { type CleanUp, markOf, marksOf, type SavedRecord } from '../../domain/undo/clean-up.js';
import { undoLines } from '../../domain/undo/undo-lines.js';
import { log } from '../../github/report.js';

/** What is left of a record whose sections are lost: the marks that identify them, and why they are lost. */
export interface LostSections extends SavedRecord {
  readonly reason: string;
}

/**
 * Undoes a step's file changes: removes the plans first, because they may contain long-term keys, then the profiles. A
 * failure is logged, and the rest is undone anyway. Resolves to whether everything was undone.
 */
export async function undoFiles(
  { step, folder, files }: CleanUp,
  { lost, lock }: { lost?: LostSections | undefined; lock?: LockOptions } = {},
): Promise<boolean> {
  const isRemoved = folder === undefined || removed(folder);
  if (lost !== undefined) {
    log(lostText(lost));
  }
  const marks = lost && marksOf(lost);
  const isMarked = marks && ((fingerprint: string) => marks.has(markOf(fingerprint, lost.key)));
  const outcomes = files.length === 0 ? [] : await restoreProfiles({ step, files, isMarked }, lock);
  for (const line of undoLines(outcomes)) {
    log(line);
  }
  return isRemoved && outcomes.every(({ outcome }) => outcome !== 'failed');
}

function removed(folder: string): boolean {
  try {
    removeStepFolder(folder);
    log(`Removed ${folder}.`);
    return true;
  } catch (error) {
    log(`Not removed: ${messageOf(error)}`);
    return false;
  }
}

function lostText({ reason, marks }: LostSections): string {
  const rest =
    marks === ''
      ? 'Remove the profiles of the step yourself: they contain its keys.'
      : 'Sections with its keys are recognized and removed; an overwritten profile is restored only if the record next to the AWS files contains it.';
  return `The record of the step's profiles is not used: ${reason} ${rest}`;
}
