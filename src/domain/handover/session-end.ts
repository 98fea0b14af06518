import type { ReachedTarget } from '../chain/outcome.js';
import { durationText } from '../iam/duration.js';
import { timeText } from '../iam/timestamp.js';
import type { CleanUp } from './clean-up.js';
import type { HandoverRequest } from './sources.js';

/** When the first session ends that was handed over as keys, as AWS writes a time; undefined where all are renewed. */
export function firstEnd(reached: readonly ReachedTarget[], { handover }: HandoverRequest): string | undefined {
  const ends = reached.flatMap(({ credentials: { expiration } }) => expiration ?? []);
  const first = ends.reduce<Date | undefined>(
    (least, end) => (least === undefined || end < least ? end : least),
    undefined,
  );
  return first === undefined || handover.refresh ? undefined : timeText(first);
}

/** Says by how much a session ended before the job did; undefined where it did not. `now` in milliseconds since 1970. */
export function endedEarly({ ends }: CleanUp, now: number): string | undefined {
  const seconds = ends === undefined ? 0 : Math.floor((now - Date.parse(ends)) / 1000);
  return seconds < 1
    ? undefined
    : `The session ended at ${ends}, ${durationText(seconds)} before the job did: AWS has refused its keys since. refresh: true renews the session as long as the job runs.`;
}
