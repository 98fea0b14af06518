import type { WorldDocument } from '../world/world.js';
import type { Clock } from './clock.js';
import type { Sessions } from './sessions.js';

/** A running world: what is declared, what time it is, what was issued, and what could not be evaluated. */
export interface EmulatorState {
  readonly world: WorldDocument;
  readonly clock: Clock;
  readonly sessions: Sessions;
  /** Says once that something in a policy is not understood and therefore denies. */
  note(text: string): void;
}
