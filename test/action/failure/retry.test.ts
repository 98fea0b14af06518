import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../emulator/server/fault.js';
import { deploy, hub } from '../../support/example-world.js';
import { chainOf, openStage, type Stage } from '../../support/stage.js';

const chain = { 'role-chain': chainOf(hub, deploy) } as const;
const first = 'AssumeRoleWithWebIdentity';

async function faulty(fault: Fault, operation = first, times = 1): Promise<Stage> {
  const stage = await openStage();
  stage.emulator.faults.add({ operation, first: times, fault });
  return stage;
}

describe('the step retries', () => {
  test('throttling, with a fresh ID token, and the log says so', async () => {
    const stage = await faulty({ kind: 'throttle' });
    const { log } = await stage.succeeds(chain);
    expect(stage.requests(first)).toHaveLength(2);
    expect(stage.requests('GetIdToken')).toHaveLength(2);
    expect(stage.requests('AssumeRole')).toHaveLength(1);
    expect(log).toMatch(/ci-hub: Throttling.*trying again/);
  });

  test('the request for the ID token', async () => {
    const stage = await faulty({ kind: 'unavailable' }, 'GetIdToken');
    await stage.succeeds(chain);
    expect(stage.requests('GetIdToken')).toHaveLength(2);
    expect(stage.requests(first)).toHaveLength(1);
  });

  test('a call whose signature has a wrong time, once', async () => {
    const skew = {
      kind: 'error',
      code: 'SignatureDoesNotMatch',
      status: 403,
      message: 'Signature expired: 1 is now earlier than 2 (3 - 5 min.)',
    } as const;
    const stage = await faulty(skew, 'AssumeRole');
    await stage.succeeds(chain);
    const permanent = await faulty(skew, 'AssumeRole', 9);
    await permanent.fails(chain);
    expect(permanent.requests('AssumeRole')).toHaveLength(2);
  });

  test('even on a machine whose clock is ten minutes behind AWS’s', async () => {
    const stage = await openStage({ emulator: { now: () => Date.now() + 600_000 } });
    await stage.succeeds(chain);
  });
});

describe('the step does not retry', () => {
  test('a refusal', async () => {
    const stage = await faulty({ kind: 'access-denied' }, 'AssumeRole', 9);
    const { log } = await stage.fails(chain);
    expect(stage.requests('AssumeRole')).toHaveLength(1);
    expect(log).toMatch(/Hop 2 of 2.*AccessDenied/);
  });

  test('an ID token that the job may not request', async () => {
    const stage = await openStage({ environment: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x'.repeat(20) } });
    await stage.fails(chain);
    expect(stage.requests('GetIdToken')).toHaveLength(1);
    expect(stage.calls()).toEqual([]);
  });
});

describe('retry-max-attempts', () => {
  const thrice = { 'retry-max-attempts': '3' } as const;

  test('limits how often a call is tried', async () => {
    const stage = await faulty({ kind: 'throttle' }, 'AssumeRole', 9);
    const { log } = await stage.fails({ ...chain, ...thrice });
    expect(stage.requests('AssumeRole')).toHaveLength(3);
    expect(log).toMatch(/Throttling: Rate exceeded/);
  });

  test('waits for newly created roles', async () => {
    const stage = await faulty({ kind: 'access-denied' }, 'AssumeRole', 2);
    await stage.succeeds({ ...chain, ...thrice });
    expect(stage.requests('AssumeRole')).toHaveLength(3);
    expect(stage.requests(first)).toHaveLength(1);
  });

  test('of 1 tries once', async () => {
    const stage = await faulty({ kind: 'throttle' });
    await stage.fails({ ...chain, 'retry-max-attempts': '1' });
    expect(stage.requests(first)).toHaveLength(1);
  });

  test('with disable-retry is ignored, and the log says so', async () => {
    const stage = await openStage();
    const step = await stage.succeeds({ ...chain, ...thrice, 'disable-retry': 'true' });
    expect(step.annotations).toEqual([
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('retry-max-attempts') }),
    ]);
  });

  test('is an error when it is not a number from 0 to 100', async () => {
    const stage = await openStage();
    await stage.refuses({ ...chain, 'retry-max-attempts': '101' }, 'retry-max-attempts', "'101'");
  });
});
