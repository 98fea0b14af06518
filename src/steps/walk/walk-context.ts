import type { Progress } from '../../domain/chain/progress.js';
import type { Environment } from '../../domain/input/environment.js';

/** The context of a walk. */
export interface WalkContext {
  readonly environment: Environment;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Called before a long answer is read, because parsing it may block the main thread. */
  readonly onLongAnswer: () => void;
  /** Work to do during the first call to AWS STS; each part blocks the thread for a few milliseconds at most. */
  readonly meanwhile?: readonly (() => unknown)[];
}
