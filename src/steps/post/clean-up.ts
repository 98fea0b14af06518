import { endedEarly } from '../../domain/handover/session-end.js';
import type { Environment } from '../../domain/input/environment.js';
import { messageOf } from '../../domain/input/error-message.js';
import { secretsOfEnvironment } from '../../domain/secrets/known-secrets.js';
import type { CleanUp } from '../../domain/undo/clean-up.js';
import { restoredVariables, secretsBefore } from '../../domain/undo/undo-variables.js';
import { apply } from '../../github/apply.js';
import { mask } from '../../github/masks.js';
import { log } from '../../github/report.js';
import { adaptToRunner } from '../../github/runner-kind.js';
import { undoFiles } from '../handover/undo-files.js';
import { forgetState, readState, type SavedState } from './read-state.js';

/** Restores what the main step changed; logs what cannot be restored, and does not throw for it. */
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

const stateTexts: Readonly<Partial<Record<SavedState['kind'], string>>> = {
  none: 'Nothing to restore.',
  refused: 'Nothing is restored: this action did not write the state that is saved for this step.',
  unproven:
    "The saved state cannot be verified. So only the keys that are recognized as the step's are removed, and nothing is restored.",
};

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
    log(`Not restored: ${listText(names)}. ${messageOf(error)} The variables keep the values of the step.`);
  }
  const others = variables.map(({ name }) => name).filter((name) => !(name in restored));
  if (others.length > 0) {
    log(`Kept, because they were changed since: ${listText(others)}.`);
  }
}

function listText(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}
