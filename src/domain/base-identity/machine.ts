import type { Environment } from '../input/environment.js';
import type { SharedConfig } from '../shared-config/shared-config.js';

/** The sources of AWS's tools: the job's variables and the machine's AWS files. */
export interface Machine {
  readonly environment: Environment;
  readonly files: SharedConfig;
}
