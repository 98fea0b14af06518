import { setMaxListeners } from 'node:events';
import { setTimeout } from 'node:timers';

/** The time of a piece of work, counted from the start of the process. */
export interface Deadline {
  /** Fires when the time is over. */
  readonly signal: AbortSignal;
  /** Milliseconds that are left, 0 at the least; undefined without a bound. */
  readonly leftMs: () => number | undefined;
  /** The work is over. */
  readonly stop: () => void;
}

/** Starts a deadline of so many seconds since the process began, with the reason that its signal fires with; undefined for no bound. */
export function startDeadline(seconds: number | undefined, reason: (seconds: number) => Error): Deadline {
  const controller = new AbortController();
  // Every call under way listens, and Node takes more than ten listeners for a leak.
  setMaxListeners(0, controller.signal);
  if (seconds === undefined) {
    return { signal: controller.signal, leftMs: () => undefined, stop: () => undefined };
  }
  const leftMs = () => Math.max(0, seconds * 1000 - performance.now());
  const timer = setTimeout(() => controller.abort(reason(seconds)), leftMs());
  return { signal: controller.signal, leftMs, stop: () => clearTimeout(timer) };
}
