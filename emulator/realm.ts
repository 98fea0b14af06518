import type { Clock } from './clock.js';
import type { Sessions } from './sessions.js';
import type { SigningKey } from './signing-key.js';
import type { WorldDocument } from './world.js';

/** A running world: what is declared, what time it is, what was issued, and what could not be evaluated. */
export interface Realm {
  readonly world: WorldDocument;
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly signingKey: SigningKey;
  /** Says once that something in a policy is not understood and therefore denies. */
  note(text: string): void;
}
