import type { Place } from '../input/place.js';
import { quote } from '../input/quote.js';
import type { DurationRequest } from './duration-limits.js';

/** Parses `3600`, `45m`, `1h30m` or `max`; reports a problem and returns undefined for anything else. */
export function parseDuration(text: string, place: Place): DurationRequest | undefined {
  if (text.toLowerCase() === 'max') {
    return 'max';
  }
  const seconds = /^\d+$/.test(text) ? Number(text) : unitSeconds(text);
  if (seconds === undefined) {
    place.report(`${quote(text)} is not a duration`, 'Write seconds (3600), hours and minutes (1h30m, 45m), or max');
  }
  return seconds;
}

function unitSeconds(text: string): number | undefined {
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/i.exec(text);
  if (match === null || text === '') {
    return undefined;
  }
  const [hours, minutes, seconds] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  const carriesOver = (hours !== undefined && (minutes ?? 0) > 59) || (minutes !== undefined && (seconds ?? 0) > 59);
  return carriesOver ? undefined : (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}
