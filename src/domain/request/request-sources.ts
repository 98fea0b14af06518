import type { Environment } from '../input/environment.js';
import type { RawInputs } from '../input/input-names.js';
import type { OtherInputs } from '../input/unknown-inputs.js';
import type { SharedConfig } from '../shared-config/shared-config.js';
import type { EarlySettings } from './read-early-settings.js';

/** Everything that a request is read from. */
export interface RequestSources {
  readonly inputs: RawInputs;
  readonly otherInputs?: OtherInputs;
  readonly environment: Environment;
  /** The early settings, if the step has read them already. */
  readonly early?: EarlySettings;
  /** The role-chain file, if given. */
  readonly roleChainFile?: { readonly path: string; readonly text: string };
  /** The machine's AWS files; none if not given. */
  readonly files?: SharedConfig;
}
