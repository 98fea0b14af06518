import { describe, expect, it } from 'vitest';
import { withTimeLimit } from '../../src/process/time-limit.js';

const never = () => new Promise<never>(() => undefined);

describe('work under a time limit', () => {
  it('ends as it ends', async () => {
    expect(await withTimeLimit({ milliseconds: 1_000 }, async () => 'done')).toBe('done');
    await expect(withTimeLimit({}, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  it('is left behind once its time is over, whether or not it heeds the signal', async () => {
    await expect(withTimeLimit({ milliseconds: 10 }, never)).rejects.toMatchObject({
      name: 'TimeoutError',
      message: 'no complete answer within 0.01 s',
    });
  });

  it('ends with the reason of a signal, and gets a signal of its own that fires too', async () => {
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

  it('does not begin under a signal that has fired', async () => {
    let hasBegun = false;
    const work = withTimeLimit({ signal: AbortSignal.abort(new Error('over')) }, async () => {
      hasBegun = true;
    });
    await expect(work).rejects.toThrow('over');
    expect(hasBegun).toBe(false);
  });
});
