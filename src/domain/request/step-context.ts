import type { HopOptions } from '../declared/hop-options.js';
import type { Environment } from '../input/environment.js';

/** What the step gives to the hops of its targets. */
export interface StepContext {
  readonly options: HopOptions;
  readonly environment: Environment;
  /** Whether the chain is a single `role-to-assume`, which carries the default session tags. */
  readonly isSingleRole: boolean;
  readonly warn: (text: string) => void;
}
