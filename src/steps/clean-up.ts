import { removeRefreshFolder } from '../disk/refresh-writer.js';
import { type RestoreOutcome, restoreProfiles, sha256 } from '../disk/restore-profiles.js';
import { restoredVariables, secretsBefore } from '../domain/handover/clean-up.js';
import type { Environment } from '../domain/input/environment.js';
import { apply } from '../github/apply.js';
import { adaptToRunner, log, mask } from '../github/report.js';
import { type CleanUp, forgetState, type KeptState, readState } from './kept-state.js';
import { secretsOfEnvironment } from './known-secrets.js';

/** Puts back what main changed. Never fails the job: what cannot be put back is said. */
export async function cleanUp(environment: Environment): Promise<void> {
  adaptToRunner(environment);
  mask(secretsOfEnvironment(environment));
  const kept = readState(environment);
  if (kept.kind !== 'none' && /^true$/i.test(environment.AWS_SKIP_CLEANUP_STEP ?? '')) {
    log('AWS_SKIP_CLEANUP_STEP is true: everything stays as it is.');
    return;
  }
  const text = keptTexts[kept.kind];
  if (text !== undefined) {
    log(text);
  }
  if ('cleanUp' in kept) {
    mask(secretsBefore(kept.cleanUp.variables));
    await undo(kept.cleanUp, environment);
  }
  forgetState(environment);
}

const keptTexts: Readonly<Partial<Record<KeptState['kind'], string>>> = {
  none: 'Nothing to put back.',
  refused: 'Nothing is put back: the state saved for this step is not one that this action writes.',
  unproven:
    'It cannot be proven that this step wrote the state saved for it. So only what is recognized as the keys of the step is removed, and nothing from the state is put back.',
};

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
