import type { Profiles } from '../../disk/profiles/profile-files.js';

import { planFile, stepFolder } from '../../disk/step-files/step-folder.js';
import type { ReachedTarget } from '../../domain/chain/outcome.js';
import { environmentProfileName } from '../../domain/handover/environment-profile.js';
import { type Handover, planHandover } from '../../domain/handover/handover.js';
import type { Environment } from '../../domain/input/environment.js';
import type { Request } from '../../domain/request/request.js';
import { awsFiles, temporaryFolder } from '../machine/machine-files.js';
import { credentialProcessCommand } from './credential-process-command.js';

/** What a step will hand over, and to which files. */
export interface PreparedHandover {
  readonly handover: Handover;
  readonly profiles: Profiles;
  /** The folder of refresh plans, if sessions are renewed. */
  readonly folder?: string;
}

/** What a step's handover is planned from. */
export interface HandoverStep {
  readonly request: Request;
  readonly reached: readonly ReachedTarget[];
  readonly environment: Environment;
  /** Identifies this step: a UUID. */
  readonly step: string;
  /** Whether the environment profile can be written. */
  readonly canWriteEnvironmentProfile: boolean;
}

/** Plans a step's handover; writes nothing. */
export function prepareHandover({
  request,
  reached,
  environment,
  step,
  canWriteEnvironmentProfile,
}: HandoverStep): PreparedHandover {
  const folder = request.handover.refresh ? stepFolder(temporaryFolder(environment), step) : undefined;
  const processCommand = (target: ReachedTarget | 'environment') =>
    credentialProcessCommand(
      target === 'environment' || folder === undefined
        ? ['--environment']
        : ['--plan', planFile(folder, reached.indexOf(target))],
    );
  const environmentProfile = canWriteEnvironmentProfile
    ? environmentProfileName(request.handover, environment, step)
    : undefined;
  const handover = planHandover({ request, reached, environment, environmentProfile, processCommand });
  const profiles = {
    ...awsFiles(environment),
    profiles: handover.profiles,
    overwrite: request.handover.overwritesProfile,
  };
  return { handover, profiles, ...(folder !== undefined && { folder }) };
}
