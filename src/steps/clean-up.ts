import { removeRefreshFolder } from '../disk/refresh-writer.js';
import { type ProfilesUndo, type RestoreOutcome, restoreProfiles, sha256 } from '../disk/restore-profiles.js';
import { type ExportedVariable, restoredVariables, secretsBefore } from '../domain/handover/clean-up.js';
import type { Environment } from '../domain/input/environment.js';
import { apply } from '../github/apply.js';
import { log, mask } from '../github/report.js';
import { readCleanUp } from '../github/state.js';

/** What main kept for post: everything it did, and nothing else. */
export interface CleanUp {
  readonly variables: readonly ExportedVariable[];
  /** The folder of plans and caches. */
  readonly folder?: string;
  readonly profiles?: ProfilesUndo;
}

/** Puts back what main changed. Never fails the job: what cannot be put back is said. */
export async function cleanUp(environment: Environment): Promise<void> {
  const kept = readCleanUp() as CleanUp | undefined;
  if (kept === undefined || /^true$/i.test(environment.AWS_SKIP_CLEANUP_STEP ?? '')) {
    log(kept === undefined ? 'Nothing to put back.' : 'AWS_SKIP_CLEANUP_STEP is true: everything stays as it is.');
    return;
  }
  mask(secretsBefore(kept.variables));
  await undo(kept, environment);
}

/** Takes back what a step did, as far as it is still the step's: environment, profiles, plans and caches. */
export async function undo({ variables, profiles, folder }: CleanUp, environment: Environment): Promise<void> {
  const restored = restoredVariables(variables, environment, sha256);
  apply({ environment: restored, outputs: {} });
  log(`Put back: ${listText(Object.keys(restored))}.`);
  const others = variables.map(({ name }) => name).filter((name) => !(name in restored));
  if (others.length > 0) {
    log(`Left alone, because somebody else has set them since: ${listText(others)}.`);
  }
  for (const { path, section, outcome, reason } of profiles === undefined ? [] : await restoreProfiles(profiles)) {
    log(
      `Profile section [${section}] in ${path}: ${outcomeTexts[outcome]}${reason === undefined ? '' : ` (${reason})`}.`,
    );
  }
  if (folder !== undefined) {
    await removeRefreshFolder(folder);
    log(`Removed ${folder}.`);
  }
}

const outcomeTexts: Readonly<Record<RestoreOutcome['outcome'], string>> = {
  restored: 'as it was before the step',
  changed: 'kept as somebody changed it since, without the keys of the step',
  missing: 'gone already',
  failed: 'not put back',
};

function listText(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}
