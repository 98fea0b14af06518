import type { WorldDocument } from '../world/world.js';
import type { Clock } from './clock.js';
import type { Sessions } from './sessions.js';

/** The state of an emulator: the world, the time and the issued sessions. */
export interface EmulatorState {
  readonly world: WorldDocument;
  readonly clock: Clock;
  readonly sessions: Sessions;
  /**
   * Reports something that the user should know, such as a policy element that cannot be evaluated. Each text is
   * reported once.
   */
  note(text: string): void;
}
