import { describe, expect, it } from 'vitest';
import type { RoleDocument, WorldDocument } from '../../emulator/world/world.js';
import { deploy, hub, keys, production } from '../support/example-world.js';
import { openTrip, reached, stops } from '../support/trip.js';

const chain = { 'role-chain': `${hub}\n${deploy}\n${production}` };
const fan = (count: number) => Array.from({ length: count }, (_, index) => `spoke${index}`);
const targetsOf = (names: readonly string[]) =>
  names.map((name) => `${name}: [${hub}, arn:aws:iam::222222222222:role/${name}]`).join('\n');

/** Adds copies of a role of the example world under other names. */
function addSpokes(names: readonly string[]) {
  return (world: WorldDocument) => {
    const roles = world.accounts['222222222222']?.roles as Record<string, RoleDocument>;
    for (const name of names) {
      roles[name] = structuredClone(roles.deploy as RoleDocument);
    }
  };
}

describe('a chain', () => {
  it('takes one call per hop, one token, one connection', async () => {
    const trip = await openTrip();
    const [walked] = reached(await trip.walk(chain));
    expect(walked?.identity.arn).toBe('arn:aws:sts::333333333333:assumed-role/deploy/GitHubActions');
    expect(trip.calls()).toEqual(['AssumeRoleWithWebIdentity ci-hub', 'AssumeRole deploy', 'AssumeRole deploy']);
    expect(trip.tokens()).toBe(1);
    expect(new Set(trip.emulator.requests.map(({ connection }) => connection)).size).toBe(1);
  });

  it('masks every session before it is logged', async () => {
    const trip = await openTrip();
    const [walked] = reached(await trip.walk(chain));
    const secrets = walked?.sessions.flatMap(({ credentials }) => [
      credentials.accessKeyId,
      credentials.secretAccessKey,
      credentials.sessionToken,
    ]);
    expect(secrets).toHaveLength(9);
    expect(trip.masked).toEqual(expect.arrayContaining(secrets ?? []));
    for (const secret of secrets ?? []) {
      expect(trip.log.join('\n')).not.toContain(secret);
    }
  });

  it("stops at the refused hop, and reports the caller and AWS's message", async () => {
    const trip = await openTrip();
    const [stop] = stops(
      await trip.walk({ 'role-chain': `${hub}\narn:aws:iam::222222222222:role/missing\n${production}` }),
    );
    expect(stop?.hop?.where).toBe('role-chain, hop 2');
    expect(stop?.sessions).toHaveLength(1);
    expect(stop?.caller?.arn).toBe('arn:aws:sts::111111111111:assumed-role/ci-hub/GitHubActions');
    expect(stop?.failure).toMatchObject({ operation: 'AssumeRole', code: 'AccessDenied', status: 403, attempts: 1 });
    expect(stop?.failure.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(trip.calls()).toEqual(['AssumeRoleWithWebIdentity ci-hub', 'AssumeRole missing']);
  });

  it('whose token was rejected reports the claims of the token, not the token', async () => {
    const trip = await openTrip((world) => {
      world.job = { claims: { repository: 'somebody/else' } };
    });
    const [stop] = stops(await trip.walk({ 'role-to-assume': hub }));
    expect(stop?.failure.code).toBe('AccessDenied');
    expect(stop?.claims).toMatchObject({ repository: 'somebody/else' });
    expect(JSON.stringify(stop?.failure)).not.toContain('eyJ');
  });

  it("with long-term keys does not ask for the caller's identity", async () => {
    const trip = await openTrip();
    reached(await trip.walk({ ...keys, 'role-chain': hub }));
    expect(trip.calls()).toEqual(['AssumeRole ci-hub']);
  });

  it('with a role name asks for the account first', async () => {
    const trip = await openTrip();
    const [walked] = reached(await trip.walk({ ...keys, 'role-chain': 'ci-hub' }));
    expect(walked?.sessions[0]?.role.arn).toBe(hub);
    expect(trip.calls()).toEqual(['GetCallerIdentity', 'AssumeRole ci-hub']);
  });

  it('that would end in an account that is not allowed stops there', async () => {
    const trip = await openTrip();
    const [stop] = stops(await trip.walk({ ...keys, 'role-chain': 'ci-hub', 'allowed-account-ids': '222222222222' }));
    expect(stop?.failure).toMatchObject({ code: 'AccountNotAllowed' });
    expect(stop?.failure.message).toContain('111111111111');
  });

  it('without hops verifies the base identity', async () => {
    const trip = await openTrip();
    const [walked] = reached(await trip.walk(keys));
    expect(walked?.identity.arn).toBe('arn:aws:iam::111111111111:user/ci-bot');
    expect(trip.calls()).toEqual(['GetCallerIdentity']);
  });

  it('with the duration max steps down from the longest, and logs the result', async () => {
    const trip = await openTrip();
    const [walked] = reached(await trip.walk({ 'role-to-assume': hub, 'role-duration-seconds': 'max' }));
    expect(walked?.sessions[0]?.durationSeconds).toBe(7200);
    expect(trip.emulator.requests.map(({ parameters }) => parameters.DurationSeconds)).toEqual([
      '43200',
      '28800',
      '14400',
      '7200',
    ]);
    expect(trip.log).toContain(`${hub}: max is 7200 s (2h) here.`);
  });
});

describe('several targets', () => {
  it('walk the hops they share once', async () => {
    const names = fan(5);
    const trip = await openTrip(addSpokes(names));
    const walked = reached(await trip.walk({ targets: targetsOf(names) }));
    expect(walked.map(({ target, identity }) => [target.name, identity.name])).toEqual(
      names.map((name) => [name, name]),
    );
    expect(trip.calls()).toHaveLength(6);
    expect(trip.tokens()).toBe(1);
    expect([...trip.calls()].sort()).toEqual(
      ['AssumeRoleWithWebIdentity ci-hub', ...names.map((name) => `AssumeRole ${name}`)].sort(),
    );
  });

  it('share nothing when their first hops differ', async () => {
    const names = fan(2);
    const trip = await openTrip(addSpokes(names));
    const [one, other] = names.map((name) => `arn:aws:iam::222222222222:role/${name}`);
    const targets = `a: [${hub}, ${one}]\nb: [{role-to-assume: ${hub}, role-session-name: other}, ${other}]`;
    reached(await trip.walk({ targets }));
    expect(trip.calls().filter((call) => call.endsWith('ci-hub'))).toHaveLength(2);
  });

  it('run eight calls at a time, and up to 32 when there are many', async () => {
    const names = fan(120);
    const trip = await openTrip(addSpokes(names), { latencyMs: 60 });
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, trip.emulator.requests.filter(({ status }) => status === 0).length);
    }, 2);
    reached(await trip.walk({ targets: targetsOf(names) }));
    clearInterval(watch);
    expect(most).toBeGreaterThan(8);
    expect(most).toBeLessThanOrEqual(32);
    expect(trip.calls()).toHaveLength(121);
  });

  it('run eight calls at a time when all of them are slow', async () => {
    const names = fan(20);
    const trip = await openTrip(addSpokes(names));
    trip.emulator.faults.add({ operation: 'AssumeRole', first: 99, fault: { kind: 'stall' } });
    const deadline = new AbortController();
    const walked = trip.walk({ targets: targetsOf(names) }, { signal: deadline.signal });
    await expect.poll(() => trip.calls().length, { timeout: 15_000 }).toBe(1 + 8);
    deadline.abort();
    expect(stops(await walked)).toHaveLength(20);
    expect(trip.calls()).toHaveLength(1 + 8);
  });

  it('fail separately, and the others are reached', async () => {
    const names = fan(3);
    const trip = await openTrip(addSpokes(names.slice(0, 2)));
    const outcomes = await trip.walk({ targets: targetsOf(names) });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['walked', 'walked', 'stopped']);
    expect(stops(outcomes)[0]?.target.name).toBe('spoke2');
  });

  it('all fail when a shared hop fails, which is called once', async () => {
    const names = fan(3);
    const trip = await openTrip((world) => {
      addSpokes(names)(world);
      world.job = { claims: { repository: 'somebody/else' } };
    });
    const all = stops(await trip.walk({ targets: targetsOf(names) }));
    expect(all.map(({ target, hop }) => [target.name, hop?.operation])).toEqual(
      names.map((name) => [name, 'AssumeRoleWithWebIdentity']),
    );
    expect(trip.calls()).toEqual(['AssumeRoleWithWebIdentity ci-hub']);
  });
});
