import { describe, expect, it } from 'vitest';
import { withTimeLimit } from '../../src/process/time-limit.js';

const never = () => new Promise<never>(() => undefined);

describe('work under a time limit', () => {
  it('returns its result or error', async () => {
    expect(await withTimeLimit({ milliseconds: 1_000 }, async () => 'done')).toBe('done');
    await expect(withTimeLimit({}, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  it('is abandoned after its limit, whether or not it reacts to the signal', async () => {
    await expect(withTimeLimit({ milliseconds: 10 }, never)).rejects.toMatchObject({
      name: 'TimeoutError',
      message: 'no complete answer within 0.01 s',
    });
  });

  it('ends with the reason of a signal, and receives a signal that aborts too', async () => {
    const stop = new AbortController();
    let seen: AbortSignal | undefined;
    const work = withTimeLimit({ signal: stop.signal, milliseconds: 10_000 }, (signal) => {
      seen = signal;
      return never();
    });
    stop.abort(new Error('over'));
    await expect(work).rejects.toThrow('over');
    expect(seen?.aborted).toBe(true);
  });

  it('does not start with an aborted signal', async () => {
    let hasBegun = false;
    const work = withTimeLimit({ signal: AbortSignal.abort(new Error('over')) }, async () => {
      hasBegun = true;
    });
    await expect(work).rejects.toThrow('over');
    expect(hasBegun).toBe(false);
  });
});
