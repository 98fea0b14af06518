import type { Progress } from '../domain/chain/progress.js';
import type { Environment } from '../domain/input/environment.js';

/** A walk's surroundings. */
export interface WalkContext {
  readonly environment: Environment;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Hears of a long answer before it is read: reading it may hold the processor. */
  readonly onLongAnswer: () => void;
  /** What can be done while AWS STS is asked for the first time. */
  readonly meanwhile?: () => unknown;
}
