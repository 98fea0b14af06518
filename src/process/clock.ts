/** Milliseconds since the process started, by a monotonic clock. Node's `performance` takes a millisecond to load. */
export function sinceStart(): number {
  return process.uptime() * 1000;
}
