import { setMaxListeners } from 'node:events';
import { setTimeout } from 'node:timers';
import { sinceStart } from './clock.js';

/** The deadline of some work, counted from the start of the process. */
export interface Deadline {
  /** Fires at the deadline. */
  readonly signal: AbortSignal;
  /** Remaining milliseconds, at least 0; undefined without a limit. */
  readonly leftMs: () => number | undefined;
  /** Stops the timer: the work has ended. */
  readonly stop: () => void;
}

/** Starts a deadline, in seconds from process start; undefined for none. `reason` makes its signal's abort reason. */
export function startDeadline(seconds: number | undefined, reason: (seconds: number) => Error): Deadline {
  const controller = new AbortController();
  // Every pending call listens to the signal, and Node would warn about a leak above ten listeners.
  setMaxListeners(0, controller.signal);
  if (seconds === undefined) {
    return { signal: controller.signal, leftMs: () => undefined, stop: () => undefined };
  }
  const leftMs = () => Math.max(0, seconds * 1000 - sinceStart());
  const timer = setTimeout(() => controller.abort(reason(seconds)), leftMs());
  return { signal: controller.signal, leftMs, stop: () => clearTimeout(timer) };
}
