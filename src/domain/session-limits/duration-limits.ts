import type { Refusal } from '../input/problem.js';

/**
 * Whether a hop is role chaining: an AssumeRole call with the credentials of a role. `unsure` with those of an EC2
 * instance, on which AWS's documentation and reports of users disagree.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export type RoleChaining = 'no' | 'yes' | 'unsure';

/** A requested duration: seconds, or the maximum that AWS allows. */
export type DurationRequest = number | 'max';

/** AWS's bounds on DurationSeconds. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const durationLimits = {
  /** Minimum, in seconds. */
  minimum: 900,
  /** Maximum of a role's setting, in seconds. */
  maximum: 43_200,
  /** Maximum with role chaining, in seconds. */
  chained: 3_600,
} as const;

/** Default seconds for the last hop, and for the hops before it. */
export const defaultDuration = { last: 3_600, middle: 900 } as const;

/** The durations that `max` tries, longest first; every role allows the last one. */
const ladder = [43_200, 28_800, 14_400, 7_200, 3_600] as const;

/** The durations to request for a hop, in order: one, or several for `max`. */
export function durationsToTry(request: DurationRequest, chaining: RoleChaining): readonly [number, ...number[]] {
  if (request !== 'max') {
    return [request];
  }
  return chaining === 'yes' ? [durationLimits.chained] : ladder;
}

/** Returns why AWS would refuse a hop's duration, whichever role it is for; undefined if it would not. */
export function durationProblem(request: DurationRequest, chaining: RoleChaining): Refusal | undefined {
  if (request === 'max') {
    return undefined;
  }
  const { minimum, maximum, chained } = durationLimits;
  if (request < minimum) {
    return {
      what: `${durationText(request)} is shorter than any AWS session`,
      fix: `AWS allows ${minimum} to ${chaining === 'yes' ? chained : maximum} seconds here`,
    };
  }
  if (chaining === 'yes' && request > chained) {
    return {
      what: `${durationText(request)} is too long: this hop is role chaining (it is made with the credentials of a role or session), and AWS ends such a session after one hour`,
      fix: `Request ${minimum} to ${chained} seconds, or max; for jobs that run longer, refresh: true renews the session`,
    };
  }
  if (request > maximum) {
    return {
      what: `${durationText(request)} is longer than any AWS session`,
      fix: `AWS allows ${minimum} to ${maximum} seconds here`,
    };
  }
  return undefined;
}

/** Returns a warning about more than an hour where AWS's limit is unclear: with the credentials of an EC2 instance. */
export function durationWarning(request: DurationRequest, chaining: RoleChaining): string | undefined {
  return chaining === 'unsure' && request !== 'max' && request > durationLimits.chained
    ? `${durationText(request)} from the credentials of an EC2 instance. AWS's manual allows it, and some accounts report the one-hour limit of role chaining; max takes what AWS allows.`
    : undefined;
}

/** Seconds for display: `3600 s (1h)`. */
export function durationText(seconds: number): string {
  return `${seconds} s (${shortDuration(seconds)})`;
}

/** Seconds as hours, minutes and seconds: `1h30m`. */
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
