import { sinceStart } from '../process/clock.js';

/** The start times of calls. */
export interface CallSchedule {
  /** Waits for the next start time; resolves to false if the signal fires first. An urgent call precedes the others. */
  readonly next: (signal: AbortSignal, isUrgent: boolean) => Promise<boolean>;
}

/** Schedules the start of calls one after another, at least `gap` milliseconds apart. */
export function openCallSchedule(gap: (random: number) => number): CallSchedule {
  let last = { at: Number.NEGATIVE_INFINITY, random: 0 };
  let timer: NodeJS.Timeout | undefined;
  let waiting: readonly (() => void)[] = [];
  const startDue = () => {
    timer = undefined;
    while (waiting.length > 0) {
      const wait = last.at + gap(last.random) - sinceStart();
      if (wait > 0) {
        timer = setTimeout(startDue, wait);
        return;
      }
      last = { at: sinceStart(), random: Math.random() };
      const [begin, ...others] = waiting;
      waiting = others;
      begin?.();
    }
  };
  const enqueue = (begin: () => void, isUrgent: boolean) => {
    waiting = isUrgent ? [begin, ...waiting] : [...waiting, begin];
    if (timer === undefined) {
      startDue();
    }
  };
  const remove = (begin: () => void) => {
    waiting = waiting.filter((one) => one !== begin);
  };
  return { next: (signal, isUrgent) => untilStart(signal, { enqueue: (begin) => enqueue(begin, isUrgent), remove }) };
}

/** Resolves to true when the schedule begins the call, and to false if the signal fires first. */
function untilStart(
  signal: AbortSignal,
  { enqueue, remove }: { readonly enqueue: (begin: () => void) => void; readonly remove: (begin: () => void) => void },
): Promise<boolean> {
  return new Promise((resolve) => {
    const begin = () => {
      signal.removeEventListener('abort', stop);
      resolve(true);
    };
    const stop = () => {
      remove(begin);
      resolve(false);
    };
    if (signal.aborted) {
      resolve(false);
      return;
    }
    signal.addEventListener('abort', stop, { once: true });
    enqueue(begin);
  });
}
