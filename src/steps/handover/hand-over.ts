import { randomUUID } from 'node:crypto';
import { ensureFolder } from '../../disk/files/private-folder.js';
import type { LockOptions } from '../../disk/lock/with-lock.js';
import { filesToWrite, writeProfiles } from '../../disk/profiles/write-profiles.js';
import { writeCache, writePlan } from '../../disk/step-files/refresh-writer.js';
import { planFile } from '../../disk/step-files/step-folder.js';
import type { Target } from '../../domain/chain/target.js';
import { environmentProfileLine } from '../../domain/handover/environment-profile.js';
import { firstEnd } from '../../domain/handover/session-end.js';
import type { Environment } from '../../domain/input/environment.js';
import { visibleEnvironment } from '../../domain/input/environment.js';
import { makePlan } from '../../domain/refresh/make-plan.js';
import { sessionCache } from '../../domain/refresh/session-cache.js';
import { overwrittenSecrets } from '../../domain/secrets/known-secrets.js';
import type { CleanUp, FileUndo } from '../../domain/undo/clean-up.js';
import { exportedVariables, secretsBefore } from '../../domain/undo/undo-variables.js';
import { apply } from '../../github/apply.js';
import { mask } from '../../github/masks.js';
import { log } from '../../github/report.js';
import { workspacePath } from '../machine/machine-files.js';
import { type HandoverStep, type PreparedHandover, prepareHandover } from './prepare-handover.js';
import { openState, type StateKeeper } from './save-state.js';
import { undoFiles } from './undo-files.js';

/**
 * Hands over the sessions of a walk: saves the undo record first, then writes plans, profiles, environment and outputs.
 * If one of these fails, the earlier ones are undone, and the environment is unchanged. `lock` limits the wait for
 * other steps that write profiles.
 */
export async function handOver(sources: Omit<HandoverStep, 'step'>, lock: LockOptions): Promise<void> {
  const { request, reached, environment } = sources;
  const step = randomUUID();
  const plan = prepareHandover({ ...sources, step });
  const ends = firstEnd(reached, request);
  const files = plan.profiles.profiles.length === 0 ? [] : await filesToWrite(plan.profiles);
  let cleanUp: CleanUp = {
    step,
    variables: exportedVariables(plan.handover.environment, environment),
    ...(plan.folder !== undefined && { folder: plan.folder }),
    files,
    ...(ends !== undefined && { ends }),
  };
  // A runner may print state in its debug log.
  mask(secretsBefore(cleanUp.variables));
  const state = openState(environment);
  try {
    cleanUp = state.save(cleanUp);
    writePlans(plan, sources);
    const record = (changed: readonly FileUndo[]) => {
      mask(overwrittenSecrets(changed));
      cleanUp = { ...cleanUp, files: changed };
      cleanUp = state.save(cleanUp);
    };
    if (files.length > 0) {
      await writeProfiles({ ...plan.profiles, step, files, record, lock });
    }
    apply(plan.handover, environment);
    logEnvironmentProfile(plan, environment);
  } catch (error) {
    await undoHandover(cleanUp, state);
    throw error;
  }
}

function logEnvironmentProfile({ handover }: PreparedHandover, environment: Environment): void {
  const line = environmentProfileLine(handover.environment, environment);
  if (line !== undefined) {
    log(line);
  }
}

/** Undoes a failed handover without a long wait for locks, because a failed step ends at once; post undoes the rest. */
async function undoHandover(cleanUp: CleanUp, state: StateKeeper): Promise<void> {
  if (await undoFiles(cleanUp, { lock: { timeoutMs: 500 } })) {
    state.forget();
  }
}

/** Writes the refresh plan of each target, and its session to the cache, so that the first tool finds it there. */
function writePlans({ folder }: PreparedHandover, { request, reached, environment }: Omit<HandoverStep, 'step'>): void {
  if (folder === undefined) {
    return;
  }
  ensureFolder(folder);
  for (const [index, { target, credentials }] of reached.entries()) {
    const path = planFile(folder, index);
    const lasting = withAbsolutePath(target, environment);
    const plan = makePlan(lasting, {
      request,
      environment: visibleEnvironment(environment, request),
      id: randomUUID(),
    });
    writePlan(path, plan);
    if (credentials.expiration !== undefined) {
      writeCache(path, sessionCache(plan.id, { ...credentials, expiration: credentials.expiration }));
    }
  }
}

/** Makes the path of a target's token file absolute, because a tool may run in any folder. */
function withAbsolutePath(target: Target, environment: Environment): Target {
  const { base } = target;
  return base.kind === 'web-identity'
    ? { ...target, base: { ...base, tokenFile: workspacePath(base.tokenFile, environment) } }
    : target;
}
