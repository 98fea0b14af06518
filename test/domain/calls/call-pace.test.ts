import { describe, expect, it } from 'vitest';
import {
  afterAnswer,
  afterStart,
  afterThrottling,
  type CallPace,
  callsAtATime,
  fullSpeed,
  gapMs,
} from '../../../src/domain/calls/call-pace.js';

interface Service {
  /** The calls per second that refill the bucket, and its size; unlimited from `liftedAt` on. */
  readonly rate: number;
  readonly burst: number;
  readonly latencyMs: number;
  readonly liftedAt?: number;
}

/** Makes calls against a token bucket with simulated time. Returns the seconds and the number of throttled calls. */
function simulate(calls: number, service: Service): { readonly seconds: number; readonly throttled: number } {
  const { rate, burst, latencyMs, liftedAt = Number.POSITIVE_INFINITY } = service;
  let pace: CallPace = fullSpeed;
  let [waiting, underWay, throttled, tokens, now, filledAt] = [calls, 0, 0, burst, 0, 0];
  let [last, ended] = [Number.NEGATIVE_INFINITY, 0];
  const arrivals: { readonly at: number; readonly began: number }[] = [];
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  let gap = 0;
  while (waiting + underWay > 0) {
    const next = arrivals[0]?.at ?? Number.POSITIVE_INFINITY;
    const canBegin = waiting > 0 && underWay < callsAtATime(pace);
    const begins = canBegin ? Math.max(now, last + gap) : Number.POSITIVE_INFINITY;
    if (begins <= next) {
      now = begins;
      pace = afterStart(pace);
      [last, gap, waiting, underWay] = [now, gapMs(pace, random()), waiting - 1, underWay + 1];
      arrivals.push({ at: now + latencyMs, began: now });
      continue;
    }
    now = next;
    const { began } = arrivals.shift() as (typeof arrivals)[number];
    underWay -= 1;
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * rate);
    filledAt = now;
    if (tokens >= 1 || now > liftedAt) {
      tokens -= 1;
      pace = afterAnswer(pace);
      ended = now;
    } else {
      throttled += 1;
      waiting += 1;
      pace = afterThrottling(pace, began, now);
      gap = gapMs(pace, random());
    }
  }
  return { seconds: ended / 1000, throttled };
}

describe('a walk that STS throttles', () => {
  it.each([
    [101, { rate: 5, burst: 20 }],
    [101, { rate: 5, burst: 10 }],
    [101, { rate: 5, burst: 2 }],
    [41, { rate: 2, burst: 5 }],
    [301, { rate: 20, burst: 50 }],
    [1001, { rate: 50, burst: 100 }],
    [1001, { rate: 30, burst: 50 }],
    [31, { rate: 1, burst: 5 }],
  ])('of %i calls, at %o, needs little more than the rate requires', (calls, { rate, burst }) => {
    for (const latencyMs of [2, 20, 100, 250]) {
      const { seconds, throttled } = simulate(calls, { rate, burst, latencyMs });
      expect(seconds / ((calls - burst) / rate), `answers after ${latencyMs} ms`).toBeLessThan(1.15);
      expect(throttled / calls).toBeLessThan(2);
    }
  });

  it.each([1, 2, 5, 10, 20])(
    'stays within the limit for a service that takes no burst, at %i calls a second',
    (rate) => {
      for (const latencyMs of [2, 5, 20]) {
        const { seconds } = simulate(101, { rate, burst: 1, latencyMs });
        expect(seconds / (100 / rate), `answers after ${latencyMs} ms`).toBeLessThan(1.25);
      }
    },
  );

  it('is at full speed again soon after the throttling ends', () => {
    const { seconds } = simulate(1001, { rate: 5, burst: 10, latencyMs: 50, liftedAt: 10_000 });
    expect(seconds).toBeLessThan(20);
  });

  it('is throttled little more often than the calls in flight at the first throttling', () => {
    expect(simulate(101, { rate: 5, burst: 20, latencyMs: 20 }).throttled).toBeLessThan(60);
  });
});

describe('the pace', () => {
  it('is full speed until STS throttles', () => {
    const pace = Array.from({ length: 50 }).reduce<CallPace>(afterAnswer, fullSpeed);
    expect(gapMs(pace, 0.5)).toBe(0);
  });

  it('ignores throttled calls that began before the last one was throttled', () => {
    const once = afterThrottling(fullSpeed, 0, 100);
    expect(afterThrottling(once, 50, 120)).toBe(once);
    expect(afterThrottling(once, 110, 130).rate).toBeLessThan(once.rate);
  });

  it('calls soon after a throttled call, once', () => {
    const throttled = { ...afterThrottling({ ...fullSpeed, rate: 10 }, 0, 100), rate: 10 };
    expect([throttled, afterStart(throttled)].map((pace) => gapMs(pace, 0.5))).toEqual([25, 100]);
  });

  it('has jitter, and never waits longer than five seconds', () => {
    const slow = { ...fullSpeed, rate: 0.01 };
    expect(gapMs(slow, 0)).toBe(4900);
    expect(gapMs(slow, 1)).toBe(5100);
    expect([0, 0.5, 1].map((random) => gapMs({ ...fullSpeed, rate: 10 }, random))).toEqual([98, 100, 102]);
  });

  it('allows eight calls in flight, and up to 32 when STS has answered many', () => {
    const allowed = (answered: number) => callsAtATime({ ...fullSpeed, answered });
    expect([0, 5, 24, 25, 40, 48, 500].map(allowed)).toEqual([8, 8, 8, 9, 24, 32, 32]);
  });
});
