/**
 * Runs work under a signal that fires with another one, or after so many milliseconds. The platform's own
 * AbortSignal.timeout is not enough: Node 20 may collect it before it fires.
 */
export async function within<T>(
  milliseconds: number,
  signal: AbortSignal,
  work: (bounded: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const message = `no complete answer within ${milliseconds / 1000} s`;
  const timer = setTimeout(() => limit.abort(new DOMException(message, 'TimeoutError')), milliseconds);
  try {
    return await work(AbortSignal.any([signal, limit.signal]));
  } finally {
    clearTimeout(timer);
  }
}
