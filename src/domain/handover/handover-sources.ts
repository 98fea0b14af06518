import type { ReachedTarget } from '../chain/outcome.js';
import type { Target } from '../chain/target.js';
import type { Environment } from '../input/environment.js';
import type { NonEmpty } from '../input/non-empty.js';
import type { HandoverSettings } from './handover-settings.js';

/** The part of a request that the handover needs. */
export interface HandoverRequest {
  readonly targets: NonEmpty<Target>;
  readonly handover: HandoverSettings;
  readonly unsetsCurrent: boolean;
}

/** What a handover is planned from. */
export interface HandoverSources {
  readonly request: HandoverRequest;
  readonly reached: readonly ReachedTarget[];
  readonly environment: Environment;
  /** The name of the environment profile; undefined if none is needed, or none can be written. */
  readonly environmentProfile: string | undefined;
  /** Returns the `credential_process` command that gives a target's session, or the keys in the environment. */
  readonly processCommand: (target: ReachedTarget | 'environment') => string;
}
