/** A time in AWS's format: RFC 3339, in seconds, UTC. */
export function timeText(moment: Date): string {
  return moment.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
