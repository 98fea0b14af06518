import type { Environment } from '../input/environment.js';
import type { SharedConfig } from '../shared-config/shared-config.js';

/** Where AWS's tools look for an identity: the job's variables and the machine's AWS files. */
export interface Machine {
  readonly environment: Environment;
  readonly files: SharedConfig;
}
