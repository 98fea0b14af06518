import type { ReachedTarget } from '../chain/outcome.js';
import { timeText } from '../identifiers/timestamp.js';
import { durationText } from '../session-limits/duration-limits.js';
import type { CleanUp } from '../undo/clean-up.js';
import type { HandoverRequest } from './handover-sources.js';

/** When the first of the exported sessions expires, in AWS's format; undefined if they are renewed or never expire. */
export function firstEnd(reached: readonly ReachedTarget[], { handover }: HandoverRequest): string | undefined {
  const ends = reached.flatMap(({ credentials: { expiration } }) => expiration ?? []);
  const first = ends.reduce<Date | undefined>(
    (least, end) => (least === undefined || end < least ? end : least),
    undefined,
  );
  return first === undefined || handover.refresh ? undefined : timeText(first);
}

/** The warning if a session expired before the job ended, else undefined. `now` is in milliseconds since 1970. */
export function endedEarly({ ends }: CleanUp, now: number): string | undefined {
  const seconds = ends === undefined ? 0 : Math.floor((now - Date.parse(ends)) / 1000);
  return seconds < 1
    ? undefined
    : `The session ended at ${ends}, ${durationText(seconds)} before the job: since then, AWS has refused its keys. refresh: true renews the session as long as the job runs.`;
}
