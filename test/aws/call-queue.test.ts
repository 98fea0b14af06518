import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RoleDocument, WorldDocument } from '../../emulator/world/world.js';
import { openCallQueue } from '../../src/aws/call-queue.js';
import { openSts } from '../../src/aws/sts.js';
import { CallFailed } from '../../src/domain/calls/call-failure.js';
import { alteredSts } from '../support/altered-sts.js';
import { hub } from '../support/example-world.js';
import { openWalkSetup, reached, stops } from '../support/walk-setup.js';

const deploy = (index: number) => `arn:aws:iam::222222222222:role/spoke${index}`;
const targets = (count: number) =>
  Array.from({ length: count }, (_, index) => `spoke${index}: [${hub}, ${deploy(index)}]`).join('\n');

function world(count: number, rate?: WorldDocument['rate']) {
  return (document: WorldDocument) => {
    const roles = document.accounts['222222222222']?.roles as Record<string, RoleDocument>;
    for (let index = 0; index < count; index += 1) {
      roles[`spoke${index}`] = structuredClone(roles.deploy as RoleDocument);
    }
    if (rate !== undefined) {
      document.rate = rate;
    }
  };
}

describe('a walk that STS throttles', () => {
  it('slows down as a whole, with few calls more than it needs, and says so once', async () => {
    // test/domain/calls/call-pace.test.ts checks with simulated time how close a walk comes to the rate.
    const rate = { perSecond: 10, burst: 10 };
    const setup = await openWalkSetup(world(40, rate));
    const started = performance.now();
    reached(await setup.walk({ targets: targets(40) }, { rules: { attempts: 4, includesFreshRoles: false } }));
    const seconds = (performance.now() - started) / 1000;
    expect(seconds).toBeGreaterThan((41 - rate.burst) / rate.perSecond - 0.1);
    expect(setup.calls().length).toBeLessThan(2 * 41);
    expect(setup.tokens()).toBe(1);
    expect(
      setup.log.filter((line) => /throttled \d+ calls of this step, which slowed down to/.test(line)),
    ).toHaveLength(1);
    expect(setup.log.filter((line) => line.includes('trying again')).length).toBeLessThan(16);
  });

  it('fails at the deadline, and says how fast it was', async () => {
    const setup = await openWalkSetup(world(80, { perSecond: 1, burst: 5 }));
    const deadline = new AbortController();
    const walked = setup.walk({ targets: targets(80) }, { signal: deadline.signal });
    // More failures than calls in flight at the first one, so that the walk slows down.
    const throttled = () => setup.emulator.requests.filter(({ status }) => status === 400).length;
    await expect.poll(throttled, { timeout: 15_000 }).toBeGreaterThan(10);
    deadline.abort();
    const all = stops(await walked);
    expect(all.length).toBeGreaterThan(70);
    expect(all.map(({ failure }) => failure.code)).toContain('DeadlineExceeded');
    const slow = new Set(all.map(({ failure }) => failure.message).filter((text) => text.includes('this step')));
    expect([...slow]).toEqual([
      expect.stringMatching(/; AWS STS throttled this step to about [\d.]+ calls a second, and answered \d+$/),
    ]);
  });

  it('does not slow down for a call that STS never accepts: its tries end', async () => {
    const setup = await openWalkSetup(world(2));
    setup.emulator.faults.add({ operation: 'AssumeRole', roleArn: deploy(1), first: 99, fault: { kind: 'throttle' } });
    const outcomes = await setup.walk({ targets: targets(2) }, { rules: { attempts: 2, includesFreshRoles: false } });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['reached', 'failed']);
    expect(stops(outcomes)[0]?.failure).toMatchObject({ code: 'Throttling', attempts: 2 });
  });

  it('without retries makes each call once', async () => {
    const setup = await openWalkSetup(world(12, { perSecond: 0.01, burst: 5 }));
    const outcomes = await setup.walk({ targets: targets(12) }, { rules: { attempts: 1, includesFreshRoles: false } });
    expect(stops(outcomes)).toHaveLength(12 - 4);
    expect(setup.calls()).toHaveLength(13);
  });

  it('renews a shared session near its end, and no other', async () => {
    const setup = await openWalkSetup(world(60, { perSecond: 40, burst: 5 }));
    let hubs = 0;
    const { url } = await alteredSts(setup.emulator.url, (answer, operation) => {
      if (operation === 'AssumeRoleWithWebIdentity' && answer.status === 200) {
        hubs += 1;
        const end = new Date(Date.now() + 1000).toISOString().replace(/\.\d+Z/, 'Z');
        answer.body = answer.body.replace(/<Expiration>[^<]+/, `<Expiration>${end}`);
      }
    });
    const http = new Agent({ keepAlive: true });
    onTestFinished(() => http.destroy());
    const place = { region: 'us-east-1', endpoint: url, userAgent: [['test', '1']] as const };
    const sts = openSts({ ...place, agents: { http, https: http as never } });
    reached(await setup.walk({ targets: targets(60) }, { stsFor: () => sts }));
    expect(hubs).toBeGreaterThan(1);
    expect(hubs).toBeLessThan(6);
    expect(setup.log.filter((line) => line.includes('assumed again, because its session expires soon')).length).toBe(
      hubs - 1,
    );
  });
});

it('the calls after a throttling start no sooner than the pace allows', async () => {
  const queue = openCallQueue();
  const operation = 'AssumeRole';
  const call = <T>(run: () => Promise<T>) =>
    queue.call({ operation, signal: new AbortController().signal, isUrgent: false, attempt: 1, run });
  const throttled = { operation, code: 'Throttling', message: 'Rate exceeded', status: 400, attempts: 1 };
  // The first throttling sets the pace to 100 calls per second, and each later one halves it: 12.5, or 80 ms apart.
  for (let left = 4; left > 0; left -= 1) {
    await expect(call(() => Promise.reject(new CallFailed(throttled)))).rejects.toThrow('Rate exceeded');
    await sleep(100);
  }
  const starts = await Promise.all(Array.from({ length: 6 }, () => call(async () => performance.now())));
  const gaps = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
  expect(gaps.reduce((sum, gap) => sum + gap)).toBeGreaterThan(5 * 70);
});
