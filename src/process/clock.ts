/**
 * Milliseconds since the process started, by a monotonic clock. Node's `performance` would take a millisecond to load.
 */
export function sinceStart(): number {
  return process.uptime() * 1000;
}
