/** Time as the emulator sees it, in milliseconds since the epoch, with an offset tests can move. */
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

/** Writes a moment as AWS's `Expiration` does: whole seconds, `YYYY-MM-DDTHH:MM:SSZ`. */
export function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Writes a moment as SigV4 does: `YYYYMMDDTHHMMSSZ`. */
export function basicTime(milliseconds: number): string {
  return isoSeconds(milliseconds).replace(/[-:]/g, '');
}
