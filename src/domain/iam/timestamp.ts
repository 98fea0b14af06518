/** A moment as AWS writes it: RFC 3339, to the second, in UTC. */
export function timeText(moment: Date): string {
  return moment.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
