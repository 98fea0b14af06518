import { type ProfilesUndo, sha256 } from '../disk/restore-profiles.js';
import { writeProfiles } from '../disk/shared-config.js';
import { exportedVariables } from '../domain/clean-up.js';
import type { Environment } from '../domain/environment.js';
import type { Handover } from '../domain/handover.js';
import { apply } from '../github/apply.js';
import { saveCleanUp } from '../github/state.js';
import type { CleanUp } from './clean-up.js';
import { awsFiles } from './machine.js';

/** Hands over what a walk made: what is to be undone is kept first, then files, then environment and outputs. */
export async function deliver(
  handover: Handover,
  { environment, overwrite }: { environment: Environment; overwrite: boolean },
): Promise<void> {
  const variables = exportedVariables(handover.environment, environment, sha256);
  const keep = (profiles?: ProfilesUndo) => {
    const cleanUp: CleanUp = { variables, ...(profiles !== undefined && { profiles }) };
    saveCleanUp(cleanUp);
  };
  keep();
  if (handover.profiles.length > 0) {
    await writeProfiles({ ...awsFiles(environment), profiles: handover.profiles, overwrite, record: keep });
  }
  apply(handover);
}
