/** Seconds before the end from which a session or token is not relied on any more; less for a short one. */
const margin = { seconds: 60, share: 0.2 } as const;

/** Whether something that had so many seconds left, so many milliseconds ago, is near its end. */
export function isNearEnd(secondsLeft: number, ageMs: number): boolean {
  return ageMs / 1000 > secondsLeft - Math.min(margin.seconds, secondsLeft * margin.share);
}
