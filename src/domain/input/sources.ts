import type { Environment } from './environment.js';
import type { RawInputs } from './inputs.js';
import type { OtherInputs } from './unknown-inputs.js';

/** What a request is read from. */
export interface RequestSources {
  readonly inputs: RawInputs;
  readonly otherInputs?: OtherInputs;
  readonly environment: Environment;
  /** The role-chain file, where one was named. */
  readonly roleChainFile?: { readonly path: string; readonly text: string };
  /** Names of the profiles in the machine's own AWS files. */
  readonly machineProfiles: readonly string[];
}
