import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { renewable } from '../../src/aws/renewable-session.js';
import { isAboutToExpire } from '../../src/domain/chain/about-to-expire.js';
import { hopTo, roleIn, sessionOf } from '../support/example-chain.js';

it.each([
  [900, 0, false],
  [900, 839, false],
  [900, 841, true],
  [300, 239, false],
  [300, 241, true],
  [10, 7, false],
  [10, 8.1, true],
  [0, 0.001, true],
  [Number.POSITIVE_INFINITY, 1e6, false],
])('of %d seconds, after %d: near its end %s', (secondsLeft, age, wanted) => {
  expect(isAboutToExpire(secondsLeft, age * 1000)).toBe(wanted);
});

it('a session near its end is renewed once for all concurrent users, and then kept', async () => {
  const hop = hopTo(roleIn(1, 'hub'));
  const session = (name: string, secondsLeft: number) =>
    sessionOf(hop, {
      secondsLeft,
      credentials: { accessKeyId: name, secretAccessKey: 's', sessionToken: 't', expiration: new Date() },
    });
  let made = 0;
  const current = renewable(session('first', 0.05), async () => {
    made += 1;
    await sleep(5);
    return session(`again ${made}`, 900);
  });
  expect((await current()).accessKeyId).toBe('first');
  await sleep(60);
  const renewed = await Promise.all([current(), current(), current()]);
  expect(renewed.map(({ accessKeyId }) => accessKeyId)).toEqual(['again 1', 'again 1', 'again 1']);
  expect((await current()).accessKeyId).toBe('again 1');
});

it('a failed renewal is reported, and the next user retries it', async () => {
  const hop = hopTo(roleIn(1, 'hub'));
  let made = 0;
  const current = renewable(sessionOf(hop, { secondsLeft: 0 }), async () => {
    made += 1;
    if (made === 1) {
      throw new Error('no');
    }
    return sessionOf(hop, { secondsLeft: 900 });
  });
  await sleep(2);
  await expect(current()).rejects.toThrow('no');
  await expect(current()).resolves.toBeDefined();
});
