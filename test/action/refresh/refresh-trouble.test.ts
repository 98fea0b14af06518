import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outcome } from '../../support/credential-process.js';
import { deploy, hub, production } from '../../support/example-world.js';
import { openRefreshStage, type RefreshStage, refreshing, untilRenewal } from '../../support/refresh-stage.js';
import { chainOf, session } from '../../support/stage.js';

const planOf = async (stage: RefreshStage) => join((await stage.folder()) ?? '', 'plan-0.json');

/** A stage whose next call must renew the session. */
async function openDue(inputs: Readonly<Record<string, string>> = {}): Promise<RefreshStage> {
  const stage = await openRefreshStage();
  await stage.succeeds({ ...refreshing, ...inputs });
  stage.later(untilRenewal);
  return stage;
}

describe('concurrent callers', () => {
  test('share one walk', async () => {
    const stage = await openDue();
    const got = await Promise.all(Array.from({ length: 12 }, () => stage.gets()));
    expect(new Set(got.map(({ AccessKeyId }) => AccessKeyId)).size).toBe(1);
    expect(stage.requests('AssumeRoleWithWebIdentity')).toHaveLength(2);
    expect(stage.requests('AssumeRole')).toHaveLength(2);
  }, 60_000);

  test('do not wait for one that was killed in the middle of a walk', async () => {
    const stage = await openDue();
    stage.emulator.faults.add({ operation: 'AssumeRole', fault: { kind: 'stall' } });
    const owner = await stage.start();
    const ended = outcome(owner);
    await expect.poll(() => stage.requests('AssumeRole').length, { timeout: 20_000 }).toBe(2);
    const waiting = [stage.gets(), stage.gets()];
    owner.kill('SIGKILL');
    const started = performance.now();
    const [first, second] = await Promise.all(waiting);
    expect(first).toEqual(second);
    expect(performance.now() - started).toBeLessThan(8_000);
    expect((await ended).code).toBe('SIGKILL');
    expect(stage.requests('AssumeRole')).toHaveLength(3);
    await stage.finish();
    expect(await stage.folder()).toBeUndefined();
  });

  test('each get an explanation when the walk fails', async () => {
    const stage = await openDue();
    stage.emulator.faults.add({ operation: 'AssumeRole', first: 99, fault: { kind: 'access-denied' } });
    const texts = await Promise.all([stage.failsToGet(), stage.failsToGet(), stage.failsToGet()]);
    for (const text of texts) {
      expect(text).toMatch(/not authorized to perform: sts:AssumeRole.*trust/s);
    }
  });
});

describe('a renewal', () => {
  test('retries when AWS throttles', async () => {
    const stage = await openDue();
    stage.emulator.faults.add({ operation: 'AssumeRole', first: 2, fault: { kind: 'throttle' } });
    expect(await stage.whose(await stage.gets())).toBe(session(deploy));
    expect(stage.requests('AssumeRole')).toHaveLength(4);
  });

  test.each(['AssumeRoleWithWebIdentity', 'AssumeRole', 'GetIdToken'])(
    'fails with an explanation, within a minute, when %s never answers',
    async (operation) => {
      const stage = await openDue();
      stage.emulator.faults.add({ operation, first: 99, fault: { kind: 'stall' } });
      // Timers run ten times as fast: 50 seconds take 5.
      const environment = { ...stage.job.environment, TEST_TIMER_SPEED: '10' };
      const started = performance.now();
      expect(await stage.failsToGet({ environment })).toContain('not assumed within 50 seconds');
      expect(performance.now() - started).toBeLessThan(10_000);
    },
  );

  test('shows AWS’s message, and the fix, when a role was deleted meanwhile', async () => {
    const stage = await openDue();
    stage.emulator.faults.add({ operation: 'AssumeRole', fault: { kind: 'access-denied' } });
    expect(await stage.failsToGet()).toMatch(/AccessDenied.*222222222222:role\/deploy/s);
    expect(await stage.whose(await stage.gets())).toBe(session(deploy));
  });
});

describe('a cache', () => {
  const cut = (text: string) => text.slice(0, text.length / 2);
  test.each<[string, (text: string) => string]>([
    ['that was cut off', cut],
    ['with an invalid time', (text) => JSON.stringify({ ...JSON.parse(text), expiration: 'tomorrow' })],
  ])('%s is replaced by a walk', async (_, change) => {
    const stage = await openRefreshStage();
    await stage.succeeds(refreshing);
    const cache = `${await planOf(stage)}.cache`;
    await writeFile(cache, change(await readFile(cache, 'utf8')));
    expect(await stage.whose(await stage.gets())).toBe(session(deploy));
    expect(stage.requests('AssumeRole')).toHaveLength(2);
    await stage.gets();
    expect(stage.requests('AssumeRole'), 'the next call finds the cache whole').toHaveLength(2);
  });

  test('of another plan is ignored', async () => {
    const stage = await openRefreshStage();
    await stage.succeeds({
      refresh: 'true',
      targets: `staging: [${chainOf(hub, deploy).replace('\n', ', ')}]\nprod: [${hub}, ${production}]`,
    });
    const folder = (await stage.folder()) ?? '';
    await writeFile(join(folder, 'plan-0.json.cache'), await readFile(join(folder, 'plan-1.json.cache')));
    expect(await stage.whose(await stage.gets({ profile: 'staging' }))).toBe(session(deploy));
  });
});

describe('a plan', () => {
  test.each<[string, (text: string) => string, string]>([
    ['that was cut off', (text) => text.slice(0, text.length / 2), 'is damaged'],
  ])('%s is reported, and makes no call', async (_, change, words) => {
    const stage = await openDue();
    const path = await planOf(stage);
    await writeFile(path, change(await readFile(path, 'utf8')));
    const before = stage.calls();
    expect(await stage.failsToGet()).toContain(words);
    expect(stage.calls()).toEqual(before);
  });
});

describe('a long job', () => {
  test('of six hours never gets an expired session, and walks no more often than necessary', async () => {
    const stage = await openRefreshStage();
    await stage.succeeds(refreshing);
    // Every ten minutes until the first renewals, then twice for each session.
    const every = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 125, 150, 175, 200, 225, 250, 275, 300, 325, 350, 360];
    for (const [index, minutes] of every.entries()) {
      stage.later((minutes - (every[index - 1] ?? 0)) * 60);
      const got = await stage.gets();
      expect(Date.parse(got.Expiration) - stage.now(), `${minutes} minutes`).toBeGreaterThanOrEqual(15 * 60_000);
      expect(await stage.whose(got)).toBe(session(deploy));
    }
    // The session is renewed at 50, 100, … 350 minutes, each time with ten minutes left.
    expect(stage.requests('AssumeRole')).toHaveLength(8);
    expect(stage.requests('GetIdToken')).toHaveLength(8);
  }, 120_000);

  test('gets an explanation when its request token has expired', async () => {
    const stage = await openRefreshStage();
    await stage.succeeds(refreshing);
    stage.later(6 * 3600 + 11 * 60);
    const texts = await stage.failsToGet();
    expect(texts).toMatch(/can no longer get ID tokens.*about six hours.*Split the job/s);
    expect(stage.requests('GetIdToken'), 'a refusal is not asked for twice').toHaveLength(2);
  });

  test('uses the ID-token variables of its own step when the runner renewed them', async () => {
    const stage = await openRefreshStage();
    await stage.succeeds(refreshing);
    stage.later(untilRenewal);
    const environment = { ...stage.job.environment, ACTIONS_ID_TOKEN_REQUEST_TOKEN: ['stale', 'token'].join('-') };
    expect(await stage.failsToGet({ environment })).toContain('can no longer get ID tokens');
    await stage.gets();
  });
});
