import type { Environment } from '../input/environment.js';
import type { RawInputs } from '../input/inputs.js';
import type { OtherInputs } from '../input/unknown-inputs.js';
import type { SharedConfig } from '../shared-config/profiles.js';

/** What a request is read from. */
export interface RequestSources {
  readonly inputs: RawInputs;
  readonly otherInputs?: OtherInputs;
  readonly environment: Environment;
  /** The role-chain file, where one was named. */
  readonly roleChainFile?: { readonly path: string; readonly text: string };
  /** The machine's own AWS files; a machine without any where not given. */
  readonly files?: SharedConfig;
}
