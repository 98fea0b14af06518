import { type ProfilesUndo, restoreProfiles, sha256 } from '../disk/restore-profiles.js';
import { type ExportedVariable, restoredVariables } from '../domain/clean-up.js';
import type { Environment } from '../domain/environment.js';
import { apply } from '../github/apply.js';
import { log, mask } from '../github/report.js';
import { readCleanUp } from '../github/state.js';

/** What main kept for post: everything it did, and nothing else. */
export interface CleanUp {
  readonly variables: readonly ExportedVariable[];
  readonly profiles?: ProfilesUndo;
}

/** Puts back what main changed. Never fails the job: what cannot be put back is said. */
export async function cleanUp(environment: Environment): Promise<void> {
  const kept = readCleanUp() as CleanUp | undefined;
  if (kept === undefined || /^true$/i.test(environment.AWS_SKIP_CLEANUP_STEP ?? '')) {
    log(kept === undefined ? 'Nothing to put back.' : 'AWS_SKIP_CLEANUP_STEP is true: everything stays as it is.');
    return;
  }
  mask(kept.variables.filter(({ name }) => /SECRET|TOKEN|KEY_ID/.test(name)).map(({ before }) => before ?? ''));
  const variables = restoredVariables(kept.variables, environment, sha256);
  apply({ environment: variables, outputs: {} });
  log(summary('Put back', Object.keys(variables)));
  log(
    summary(
      'Left alone, because somebody else set them since',
      kept.variables.map(({ name }) => name).filter((name) => !(name in variables)),
    ),
  );
  for (const { path, section, outcome, reason } of kept.profiles === undefined
    ? []
    : await restoreProfiles(kept.profiles)) {
    log(`Profile section [${section}] in ${path}: ${outcome}${reason === undefined ? '' : ` (${reason})`}`);
  }
}

function summary(title: string, names: readonly string[]): string {
  return `${title}: ${names.length === 0 ? 'nothing' : names.join(', ')}.`;
}
