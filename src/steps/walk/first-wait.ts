import type { Sts } from '../../aws/sts.js';

/** The time in which a walk waits for the first answer of AWS STS, and in which later work can already be done. */
export interface FirstWait {
  /** Resolves when the first call was sent, or the walk is over. */
  readonly begun: Promise<void>;
  /** Wraps an STS client so that its first call begins the wait. */
  readonly watch: (sts: Sts) => Sts;
  /** Ends the wait; work that has not started is dropped. */
  readonly end: () => void;
}

/**
 * Prepares the wait with the work to do in it. Each part of the work runs in its own turn of the event loop, so that an
 * answer is read in between.
 */
export function openFirstWait(work: readonly (() => unknown)[]): FirstWait {
  let settle = () => {};
  const begun = new Promise<void>((resolve) => {
    settle = resolve;
  });
  let left: readonly (() => unknown)[] = [settle, ...work];
  const next = () => {
    const [first, ...others] = left;
    left = others;
    if (first !== undefined) {
      // A failure is ignored here: the same work fails again, and is reported, when its result is needed.
      Promise.resolve()
        .then(first)
        .catch(() => undefined);
      setImmediate(next);
    }
  };
  let isAsked = false;
  return {
    begun,
    watch: (sts) => ({
      ...sts,
      send: (call) => {
        if (!isAsked && call.rehearsed === undefined) {
          isAsked = true;
          // The connection opens in the first turn of the event loop, and is written to in the second.
          setImmediate(() => setImmediate(next));
        }
        return sts.send(call);
      },
    }),
    end: () => {
      left = [];
      settle();
    },
  };
}
