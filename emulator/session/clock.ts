/** The emulator's time in epoch milliseconds, with an offset that tests can move. */
export interface Clock {
  now(): number;
  advance(seconds: number): void;
}

/** Wraps a source of epoch milliseconds so that time can be moved forward without waiting. */
export function createClock(source: () => number): Clock {
  let offset = 0;
  return {
    now: () => source() + offset,
    advance(seconds) {
      offset += seconds * 1000;
    },
  };
}
