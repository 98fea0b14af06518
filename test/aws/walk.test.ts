import { describe, expect, it } from 'vitest';
import type { RoleDocument, WorldDocument } from '../../emulator/world/world.js';
import { deploy, hub, keys, production } from '../support/example-world.js';
import { openWalkSetup, reached, stops } from '../support/walk-setup.js';

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
    const setup = await openWalkSetup();
    const [walked] = reached(await setup.walk(chain));
    expect(walked?.identity.arn).toBe('arn:aws:sts::333333333333:assumed-role/deploy/GitHubActions');
    expect(setup.calls()).toEqual(['AssumeRoleWithWebIdentity ci-hub', 'AssumeRole deploy', 'AssumeRole deploy']);
    expect(setup.tokens()).toBe(1);
    expect(new Set(setup.emulator.requests.map(({ connection }) => connection)).size).toBe(1);
  });

  it('masks every session before it is logged', async () => {
    const setup = await openWalkSetup();
    const [walked] = reached(await setup.walk(chain));
    const secrets = walked?.sessions.flatMap(({ credentials }) => [
      credentials.accessKeyId,
      credentials.secretAccessKey,
      credentials.sessionToken,
    ]);
    expect(secrets).toHaveLength(9);
    expect(setup.masked).toEqual(expect.arrayContaining(secrets ?? []));
    for (const secret of secrets ?? []) {
      expect(setup.log.join('\n')).not.toContain(secret);
    }
  });

  it("stops at the refused hop, and reports the caller and AWS's message", async () => {
    const setup = await openWalkSetup();
    const [stop] = stops(
      await setup.walk({ 'role-chain': `${hub}\narn:aws:iam::222222222222:role/missing\n${production}` }),
    );
    expect(stop?.hop?.where).toBe('role-chain, hop 2');
    expect(stop?.sessions).toHaveLength(1);
    expect(stop?.caller?.arn).toBe('arn:aws:sts::111111111111:assumed-role/ci-hub/GitHubActions');
    expect(stop?.failure).toMatchObject({ operation: 'AssumeRole', code: 'AccessDenied', status: 403, attempts: 1 });
    expect(stop?.failure.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(setup.calls()).toEqual(['AssumeRoleWithWebIdentity ci-hub', 'AssumeRole missing']);
  });

  it('whose token was rejected reports the claims of the token, not the token', async () => {
    const setup = await openWalkSetup((world) => {
      world.job = { claims: { repository: 'somebody/else' } };
    });
    const [stop] = stops(await setup.walk({ 'role-to-assume': hub }));
    expect(stop?.failure.code).toBe('AccessDenied');
    expect(stop?.claims).toMatchObject({ repository: 'somebody/else' });
    expect(JSON.stringify(stop?.failure)).not.toContain('eyJ');
  });

  it("with long-term keys does not ask for the caller's identity", async () => {
    const setup = await openWalkSetup();
    reached(await setup.walk({ ...keys, 'role-chain': hub }));
    expect(setup.calls()).toEqual(['AssumeRole ci-hub']);
  });

  it('with a role name asks for the account first', async () => {
    const setup = await openWalkSetup();
    const [walked] = reached(await setup.walk({ ...keys, 'role-chain': 'ci-hub' }));
    expect(walked?.sessions[0]?.role.arn).toBe(hub);
    expect(setup.calls()).toEqual(['GetCallerIdentity', 'AssumeRole ci-hub']);
  });

  it('that would end in an account that is not allowed stops there', async () => {
    const setup = await openWalkSetup();
    const [stop] = stops(await setup.walk({ ...keys, 'role-chain': 'ci-hub', 'allowed-account-ids': '222222222222' }));
    expect(stop?.failure).toMatchObject({ code: 'AccountNotAllowed' });
    expect(stop?.failure.message).toContain('111111111111');
  });

  it('without hops verifies the base identity', async () => {
    const setup = await openWalkSetup();
    const [walked] = reached(await setup.walk(keys));
    expect(walked?.identity.arn).toBe('arn:aws:iam::111111111111:user/ci-bot');
    expect(setup.calls()).toEqual(['GetCallerIdentity']);
  });

  it('with the duration max steps down from the longest, and logs the result', async () => {
    const setup = await openWalkSetup();
    const [walked] = reached(await setup.walk({ 'role-to-assume': hub, 'role-duration-seconds': 'max' }));
    expect(walked?.sessions[0]?.durationSeconds).toBe(7200);
    expect(setup.emulator.requests.map(({ parameters }) => parameters.DurationSeconds)).toEqual([
      '43200',
      '28800',
      '14400',
      '7200',
    ]);
    expect(setup.log).toContain(`${hub}: max is 7200 s (2h) here.`);
  });
});

describe('several targets', () => {
  it('walk the hops they share once', async () => {
    const names = fan(5);
    const setup = await openWalkSetup(addSpokes(names));
    const walked = reached(await setup.walk({ targets: targetsOf(names) }));
    expect(walked.map(({ target, identity }) => [target.name, identity.name])).toEqual(
      names.map((name) => [name, name]),
    );
    expect(setup.calls()).toHaveLength(6);
    expect(setup.tokens()).toBe(1);
    expect([...setup.calls()].sort()).toEqual(
      ['AssumeRoleWithWebIdentity ci-hub', ...names.map((name) => `AssumeRole ${name}`)].sort(),
    );
  });

  it('share nothing when their first hops differ', async () => {
    const names = fan(2);
    const setup = await openWalkSetup(addSpokes(names));
    const [one, other] = names.map((name) => `arn:aws:iam::222222222222:role/${name}`);
    const targets = `a: [${hub}, ${one}]\nb: [{role-to-assume: ${hub}, role-session-name: other}, ${other}]`;
    reached(await setup.walk({ targets }));
    expect(setup.calls().filter((call) => call.endsWith('ci-hub'))).toHaveLength(2);
  });

  it('run eight calls at a time, and up to 32 when there are many', async () => {
    const names = fan(120);
    const setup = await openWalkSetup(addSpokes(names), { latencyMs: 60 });
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, setup.emulator.requests.filter(({ status }) => status === 0).length);
    }, 2);
    reached(await setup.walk({ targets: targetsOf(names) }));
    clearInterval(watch);
    expect(most).toBeGreaterThan(8);
    expect(most).toBeLessThanOrEqual(32);
    expect(setup.calls()).toHaveLength(121);
  });

  it('run eight calls at a time when all of them are slow', async () => {
    const names = fan(20);
    const setup = await openWalkSetup(addSpokes(names));
    setup.emulator.faults.add({ operation: 'AssumeRole', first: 99, fault: { kind: 'stall' } });
    const deadline = new AbortController();
    const walked = setup.walk({ targets: targetsOf(names) }, { signal: deadline.signal });
    await expect.poll(() => setup.calls().length, { timeout: 15_000 }).toBe(1 + 8);
    deadline.abort();
    expect(stops(await walked)).toHaveLength(20);
    expect(setup.calls()).toHaveLength(1 + 8);
  });

  it('fail separately, and the others are reached', async () => {
    const names = fan(3);
    const setup = await openWalkSetup(addSpokes(names.slice(0, 2)));
    const outcomes = await setup.walk({ targets: targetsOf(names) });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['reached', 'reached', 'failed']);
    expect(stops(outcomes)[0]?.target.name).toBe('spoke2');
  });

  it('all fail when a shared hop fails, which is called once', async () => {
    const names = fan(3);
    const setup = await openWalkSetup((world) => {
      addSpokes(names)(world);
      world.job = { claims: { repository: 'somebody/else' } };
    });
    const all = stops(await setup.walk({ targets: targetsOf(names) }));
    expect(all.map(({ target, hop }) => [target.name, hop?.operation])).toEqual(
      names.map((name) => [name, 'AssumeRoleWithWebIdentity']),
    );
    expect(setup.calls()).toEqual(['AssumeRoleWithWebIdentity ci-hub']);
  });
});
