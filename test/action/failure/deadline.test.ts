import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withLock } from '../../../src/disk/lock/with-lock.js';
import { lockFileOf } from '../../../src/disk/profiles/profile-files.js';
import { deploy, hub } from '../../support/example-world.js';
import { chainOf, openStage } from '../../support/stage.js';

const chain = { 'role-chain': chainOf(hub, deploy) } as const;
const deadline = { 'action-timeout-s': '2' } as const;
/** For a call that other calls precede: a busy machine needs time for those. */
const laterDeadline = { 'action-timeout-s': '5' } as const;

/** Milliseconds: less than the 15 s after which a stalled call times out, and enough for a busy machine. */
const most = 10_000;

describe('the deadline of the step', () => {
  test.each([
    ['an STS that never answers', 'AssumeRole', 'stall', /Hop 2 of 2.*DeadlineExceeded/],
    ['an answer that stops half way', 'AssumeRole', 'stall-body', /Hop 2 of 2.*DeadlineExceeded/],
    ['a first hop that never answers', 'AssumeRoleWithWebIdentity', 'stall', /Hop 1 of 2.*DeadlineExceeded/],
    ['a token service that never answers', 'GetIdToken', 'stall', /Hop 1 of 2.*DeadlineExceeded/],
    ['a token that stops half way', 'GetIdToken', 'stall-body', /Hop 1 of 2.*DeadlineExceeded/],
  ] as const)('ends %s, and the log names the hop', async (_, operation, kind, message) => {
    const stage = await openStage();
    stage.emulator.faults.add({ operation, first: 99, fault: { kind } });
    const step = await stage.fails({ ...chain, ...(operation === 'AssumeRole' ? laterDeadline : deadline) });
    expect(step.log).toMatch(message);
    expect(step.durationMs).toBeGreaterThan(1_900);
    expect(step.durationMs).toBeLessThan(most);
  });

  test('ends a wait between two tries', async () => {
    const stage = await openStage();
    stage.emulator.faults.add({ operation: 'AssumeRole', first: 999, fault: { kind: 'throttle' } });
    const step = await stage.fails({ ...chain, ...laterDeadline, 'retry-max-attempts': '100' });
    expect(step.log).toMatch(/Hop 2 of 2.*(DeadlineExceeded|Throttling)/);
    expect(step.durationMs).toBeLessThan(most);
  });

  test('ends a container endpoint that never answers', async () => {
    const stage = await openStage({ environment: ({ containerEnvironment }) => containerEnvironment });
    stage.emulator.faults.add({ operation: 'GetContainerCredentials', first: 99, fault: { kind: 'stall' } });
    const step = await stage.fails({ ...chain, ...deadline, 'credential-source': 'EcsContainer' });
    expect(step.log).toMatch(/Base identity.*container endpoint/);
    expect(step.durationMs).toBeLessThan(most);
  });

  test('ends the wait for AWS files that another step has locked', async () => {
    const stage = await openStage();
    const config = join(stage.job.folders.home, '.aws', 'config');
    await mkdir(dirname(config));
    const step = await withLock(lockFileOf(config), {}, () =>
      stage.run({ ...chain, ...laterDeadline, 'aws-profile': 'deploy' }),
    );
    expect(step.conclusion).toBe('failure');
    expect(step.log).toMatch(/kept the lock .*config/);
    expect(step.durationMs).toBeLessThan(most);
  });

  test('does not end a walk that is slow but in time', async () => {
    const stage = await openStage({ emulator: { latencyMs: 300 } });
    await stage.succeeds({ ...chain, 'action-timeout-s': '20' });
  });

  test('of 0 means none', async () => {
    const stage = await openStage({ emulator: { latencyMs: 300 } });
    await stage.succeeds({ ...chain, 'action-timeout-s': '0' });
  });

  test('is an error when it is not a number of seconds', async () => {
    const stage = await openStage();
    await stage.refuses({ ...chain, 'action-timeout-s': 'soon' }, 'action-timeout-s', "'soon'");
  });
});

test('a failed step ends at once, however much time is left', async () => {
  const stage = await openStage();
  stage.emulator.faults.add({ operation: 'AssumeRole', fault: { kind: 'access-denied' } });
  const step = await stage.fails(chain);
  expect(step.durationMs).toBeLessThan(most);
});

test('a stalled call times out long before the deadline', { timeout: 60_000 }, async () => {
  const stage = await openStage();
  stage.emulator.faults.add({ operation: 'AssumeRole', first: 9, fault: { kind: 'stall' } });
  const step = await stage.fails({ ...chain, 'disable-retry': 'true' });
  expect(step.log).toMatch(/Hop 2 of 2.*Timeout/);
  expect(step.durationMs).toBeLessThan(30_000);
});
