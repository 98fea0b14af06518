import { describe, expect, it } from 'vitest';
import type { Sts, StsCall } from '../../../src/aws/sts.js';
import { openFirstWait } from '../../../src/steps/walk/first-wait.js';

const turns = (count: number): Promise<void> =>
  count === 0 ? Promise.resolve() : new Promise((resolve) => setImmediate(() => resolve(turns(count - 1))));
const sts: Sts = { isAws: true, send: () => new Promise(() => undefined) };
const call = {} as StsCall<unknown>;

describe('the wait for the first answer', () => {
  it('begins with the first call that is sent, and has each part of the work done once', async () => {
    const done: number[] = [];
    const wait = openFirstWait([1, 2].map((part) => () => done.push(part)));
    const watched = wait.watch(sts);
    void watched.send({ ...call, rehearsed: Promise.resolve('') });
    await turns(8);
    expect(done).toEqual([]);
    void watched.send(call);
    expect(done).toEqual([]);
    await turns(8);
    void watched.send(call);
    await turns(8);
    await wait.begun;
    expect(done).toEqual([1, 2]);
  });

  it('ends without the remaining work, even if nothing was sent', async () => {
    const done: number[] = [];
    const wait = openFirstWait([() => done.push(1)]);
    wait.end();
    await wait.begun;
    void wait.watch(sts).send(call);
    await turns(8);
    expect(done).toEqual([]);
  });

  it('continues after work that fails', async () => {
    const done: number[] = [];
    const late = () => Promise.reject(new Error('late'));
    const wait = openFirstWait([late, () => JSON.parse('{'), () => done.push(1)]);
    void wait.watch(sts).send(call);
    await turns(8);
    expect(done).toEqual([1]);
  });
});
