/** How long before its expiration a session or token is renewed. */
const margin = {
  /** In seconds. */
  seconds: 60,
  /** At most this share of its lifetime. */
  share: 0.2,
} as const;

/** Whether a session or token is about to expire, given its lifetime in seconds and its age in milliseconds. */
export function isAboutToExpire(secondsLeft: number, ageMs: number): boolean {
  return ageMs / 1000 > secondsLeft - Math.min(margin.seconds, secondsLeft * margin.share);
}
