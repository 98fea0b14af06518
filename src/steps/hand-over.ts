import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import type { LockOptions } from '../disk/lock.js';
import { planFile, refreshFolder, writeCache, writePlan } from '../disk/refresh-writer.js';
import { type ProfilesUndo, sha256 } from '../disk/restore-profiles.js';
import { writeProfiles } from '../disk/shared-config.js';
import type { ReachedTarget } from '../domain/chain/outcome.js';
import type { Target } from '../domain/chain/target.js';
import { exportedVariables, secretsBefore } from '../domain/handover/clean-up.js';
import { planHandover } from '../domain/handover/handover.js';
import type { Environment } from '../domain/input/environment.js';
import { makePlan, refreshCache } from '../domain/refresh/make-plan.js';
import type { Request } from '../domain/request/request.js';
import { secretValues } from '../domain/shared-config/secret-values.js';
import { apply, requireFiles } from '../github/apply.js';
import { mask } from '../github/report.js';
import { undo } from './clean-up.js';
import { credentialProcessCommand } from './credential-process-command.js';
import { type CleanUp, openState } from './kept-state.js';
import { awsFiles, workspacePath } from './machine-files.js';

/**
 * Hands over what a walk made. What is to be undone is kept first; then plans, profiles, environment and outputs. Where
 * one of them fails, those before it are taken back. Other steps that write profiles are waited for only as long as
 * `lock` says.
 */
export async function handOver(
  request: Request,
  walked: readonly ReachedTarget[],
  environment: Environment,
  lock: LockOptions,
): Promise<void> {
  const uniqueId = randomUUID();
  const folder = request.handover.refresh ? refreshFolder(environment.RUNNER_TEMP || tmpdir(), uniqueId) : undefined;
  const handover = planHandover({
    request,
    reached: walked,
    environment,
    uniqueId,
    processCommand: (target) => credentialProcessCommand(commandWords(target, walked, folder)),
  });
  requireFiles(handover, environment);
  const variables = exportedVariables(handover.environment, environment, sha256);
  const state = openState(environment);
  let cleanUp: CleanUp = { variables, ...(folder !== undefined && { folder }) };
  // A runner may show state in its debug log.
  mask(secretsBefore(variables));
  state.save(cleanUp);
  try {
    if (folder !== undefined) {
      await writePlans(folder, request, walked, environment);
    }
    if (handover.profiles.length > 0) {
      const record = (profiles: ProfilesUndo) => {
        mask(overwrittenSecrets(profiles));
        cleanUp = { ...cleanUp, profiles };
        state.save(cleanUp);
      };
      await writeProfiles({
        ...awsFiles(environment),
        profiles: handover.profiles,
        overwrite: request.handover.overwritesProfile,
        record,
        lock,
      });
    }
    apply(handover);
  } catch (error) {
    await undo(cleanUp, { ...process.env });
    state.forget();
    throw error;
  }
}

function commandWords(
  target: ReachedTarget | 'environment',
  walked: readonly ReachedTarget[],
  folder: string | undefined,
): Parameters<typeof credentialProcessCommand>[0] {
  return target === 'environment' || folder === undefined
    ? ['--environment']
    : ['--plan', planFile(folder, walked.indexOf(target))];
}

/** Each target's plan, and the session that was just made, so that the first caller does not walk again. */
async function writePlans(
  folder: string,
  request: Request,
  walked: readonly ReachedTarget[],
  environment: Environment,
): Promise<void> {
  for (const [index, { target, credentials }] of walked.entries()) {
    const path = planFile(folder, index);
    const lasting = withAbsolutePath(target, environment);
    const plan = makePlan(lasting, { request, environment: request.visible(environment), fingerprint: sha256 });
    await writePlan(path, plan);
    if (credentials.expiration !== undefined) {
      await writeCache(path, refreshCache(plan.id, { ...credentials, expiration: credentials.expiration }));
    }
  }
}

/** A tool may run in any folder. */
function withAbsolutePath(target: Target, environment: Environment): Target {
  const { base } = target;
  return base.kind === 'web-identity'
    ? { ...target, base: { ...base, tokenFile: workspacePath(base.tokenFile, environment) } }
    : target;
}

/** The undo of an overwritten profile holds its keys. */
function overwrittenSecrets({ files }: ProfilesUndo): readonly string[] {
  return files.flatMap(({ sections }) => sections.flatMap(({ original }) => secretValues(original?.text ?? '')));
}
