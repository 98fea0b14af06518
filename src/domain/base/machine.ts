import type { Environment } from '../input/environment.js';
import type { SharedConfig } from '../shared-config/profiles.js';

/** The tools' sources: the job's variables and the machine's AWS files. */
export interface Machine {
  readonly environment: Environment;
  readonly files: SharedConfig;
}
