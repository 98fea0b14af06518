/** The limits of some work: an abort signal and a timeout in milliseconds. */
export interface TimeLimit {
  readonly signal?: AbortSignal;
  readonly milliseconds?: number;
}

/**
 * Runs work until it ends, the signal fires or the timeout passes, whichever is first. Does not wait for work that
 * ignores its signal. Rejects with the reason of the signal, or with a `TimeoutError`.
 */
export async function withTimeLimit<T>(
  { signal, milliseconds }: TimeLimit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  // Not AbortSignal.timeout and AbortSignal.any: Node 20 may collect their signals before they fire.
  const limit = new AbortController();
  const ended = new Promise<never>((_, reject) => {
    limit.signal.addEventListener('abort', () => reject(limit.signal.reason), { once: true });
  });
  const stop = () => limit.abort(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  const timer =
    milliseconds === undefined ? undefined : setTimeout(() => limit.abort(timeout(milliseconds)), milliseconds);
  try {
    return await Promise.race([work(limit.signal), ended]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

function timeout(milliseconds: number): DOMException {
  return new DOMException(`no complete answer within ${milliseconds / 1000} s`, 'TimeoutError');
}
