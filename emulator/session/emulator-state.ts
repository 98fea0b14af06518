import type { WorldDocument } from '../world/world.js';
import type { Clock } from './clock.js';
import type { Sessions } from './sessions.js';

/** The state of an emulator: the world, the time and the issued sessions. */
export interface EmulatorState {
  readonly world: WorldDocument;
  readonly clock: Clock;
  readonly sessions: Sessions;
  /** Reports, once, something that the user should know, such as a policy that cannot be evaluated. */
  note(text: string): void;
}
