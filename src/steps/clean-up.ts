import { markOf } from '../disk/clean-up-file.js';
import type { LockOptions } from '../disk/lock.js';
import { restoreProfiles } from '../disk/restore-profiles.js';
import { removeStepFolder } from '../disk/step-folder.js';
import { type CleanUp, marksOf } from '../domain/handover/clean-up-record.js';
import { endedEarly } from '../domain/handover/session-end.js';
import { undoLines } from '../domain/handover/undo-lines.js';
import { restoredVariables, secretsBefore } from '../domain/handover/undo-variables.js';
import type { Environment } from '../domain/input/environment.js';
import { apply } from '../github/apply.js';
import { mask } from '../github/masks.js';
import { log } from '../github/report.js';
import { adaptToRunner } from '../github/runner-kind.js';
import { secretsOfEnvironment } from './known-secrets.js';
import { forgetState, type KeptState, type LostSections, readState } from './read-state.js';

/** Restores what main changed. Never fails the job: logs what cannot be restored. */
export async function cleanUp(environment: Environment): Promise<void> {
  adaptToRunner(environment);
  mask(secretsOfEnvironment(environment));
  const kept = await readState(environment);
  if (kept.kind !== 'none' && /^true$/i.test(environment.AWS_SKIP_CLEANUP_STEP ?? '')) {
    log('AWS_SKIP_CLEANUP_STEP is true: nothing is restored.');
    return;
  }
  const text = stateTexts[kept.kind];
  if (text !== undefined) {
    log(text);
  }
  if ('cleanUp' in kept) {
    mask(secretsBefore(kept.cleanUp.variables));
    await undoFiles(kept.cleanUp, { lost: kept.lost });
    undoEnvironment(kept.cleanUp, environment);
    const early = endedEarly(kept.cleanUp, Date.now());
    if (early !== undefined) {
      log(early);
    }
  }
  forgetState(environment);
}

const stateTexts: Readonly<Partial<Record<KeptState['kind'], string>>> = {
  none: 'Nothing to restore.',
  refused: 'Nothing is restored: this action did not write the state that is saved for this step.',
  unproven:
    "It cannot be proven that this step wrote its saved state. So only the keys that are recognized as the step's are removed, and nothing is restored.",
};

/**
 * Undoes a step's file changes, the most sensitive first: plans, which may contain long-term keys, then profiles. A
 * failure is logged and does not stop the rest. Resolves to whether all was undone.
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
    log(`Not removed: ${reasonOf(error)}`);
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

function undoEnvironment({ variables }: CleanUp, environment: Environment): void {
  if (variables.length === 0) {
    return;
  }
  const restored = restoredVariables(variables, environment);
  const names = Object.keys(restored);
  try {
    apply({ environment: restored, outputs: {} }, environment);
    log(`Restored: ${listText(names)}.`);
  } catch (error) {
    log(`Not restored: ${listText(names)}. ${reasonOf(error)} The variables keep the values of the step.`);
  }
  const others = variables.map(({ name }) => name).filter((name) => !(name in restored));
  if (others.length > 0) {
    log(`Kept, because they were changed since: ${listText(others)}.`);
  }
}

function listText(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error';
}
