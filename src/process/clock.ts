/** Milliseconds since the process started, by a monotonic clock. Loading Node's `performance` takes a millisecond. */
export function sinceStart(): number {
  return process.uptime() * 1000;
}
