import { type Problem, quote } from '../input/problem.js';

/** How long a session is asked for: seconds, or as long as AWS allows there. */
export type DurationRequest = number | 'max';

/** AWS's bounds on DurationSeconds. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const durationLimits = {
  /** Seconds; shorter sessions do not exist. */
  minimum: 900,
  /** Seconds; the longest a role can be set to. */
  maximum: 43_200,
  /** Seconds; the longest for a session made with role or session credentials. */
  chained: 3_600,
} as const;

/** Seconds for the last hop, and for the hops on the way to it, where nobody asked for anything. */
export const defaultDuration = { last: 3_600, middle: 900 } as const;

/** What `max` tries, longest first; a role's own maximum is at least the last of them. */
const ladder = [43_200, 28_800, 14_400, 7_200, 3_600] as const;

/** Whether AWS counts a hop as role chaining; `unsure` where AWS's documents and field reports disagree. */
export type Chaining = 'no' | 'yes' | 'unsure';

/** Reads `3600`, `45m`, `1h30m` or `max`; a problem where the text is none of them. */
export function parseDuration(text: string, where: string): DurationRequest | Problem {
  if (text.toLowerCase() === 'max') {
    return 'max';
  }
  const seconds = /^\d+$/.test(text) ? Number(text) : unitSeconds(text);
  return (
    seconds ?? {
      where,
      what: `${quote(text)} is not a duration`,
      fix: 'Write seconds (3600), hours and minutes (1h30m, 45m), or max',
    }
  );
}

/** The durations to ask AWS for at a hop, in order: one, or for `max` the ladder of what can be allowed there. */
export function durationsToTry(request: DurationRequest, chaining: Chaining): readonly [number, ...number[]] {
  if (request !== 'max') {
    return [request];
  }
  return chaining === 'yes' ? [durationLimits.chained] : ladder;
}

/** What is wrong with a duration at a hop, before AWS is asked. */
export function durationProblem(request: DurationRequest, chaining: Chaining, where: string): Problem | undefined {
  if (request === 'max') {
    return undefined;
  }
  const { minimum, maximum, chained } = durationLimits;
  if (request < minimum) {
    return {
      where,
      what: `${durationText(request)} is shorter than any AWS session`,
      fix: `AWS allows ${minimum} to ${chaining === 'yes' ? chained : maximum} seconds here`,
    };
  }
  if (chaining === 'yes' && request > chained) {
    return {
      where,
      what: `${durationText(request)} is too long: this hop is role chaining (it is made with the credentials of a role or session), and AWS ends such a session after one hour`,
      fix: `Ask for ${minimum} to ${chained} seconds, or max; for jobs that run longer, refresh: true renews the session`,
    };
  }
  if (request > maximum) {
    return {
      where,
      what: `${durationText(request)} is longer than any AWS session`,
      fix: `AWS allows ${minimum} to ${maximum} seconds here`,
    };
  }
  return undefined;
}

/** What deserves a word before AWS is asked: whether an EC2 instance's session counts as role chaining, AWS leaves open. */
export function durationWarning(request: DurationRequest, chaining: Chaining, where: string): string | undefined {
  return chaining === 'unsure' && request !== 'max' && request > durationLimits.chained
    ? `${where}: ${durationText(request)} from the credentials of an EC2 instance. AWS's manual allows it, and some accounts report the one-hour limit of role chaining; max takes what AWS allows.`
    : undefined;
}

/** Seconds as somebody reads them: `3600 s (1h)`. */
export function durationText(seconds: number): string {
  return `${seconds} s (${shortDuration(seconds)})`;
}

/** Seconds in hours, minutes and seconds: `1h30m`. */
export function shortDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [Math.floor(seconds % 60), 's'],
  ] as const;
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count}${unit}`)
      .join('') || '0s'
  );
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
