import type { Environment } from './environment.js';
import type { Request } from './request.js';
import type { Walked } from './session.js';

/** What a handover is made from. */
export interface HandoverSources {
  readonly request: Request;
  readonly walked: readonly Walked[];
  readonly environment: Environment;
  /** Letters and digits that tell this step's profiles from those of other jobs in the same home. */
  readonly uniqueId: string;
  /** The command by which a tool asks this action for a target's session, or for the keys in the environment. */
  readonly processCommand: (target: Walked | 'environment') => string;
}
