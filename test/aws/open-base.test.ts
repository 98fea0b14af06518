import { describe, expect, it } from 'vitest';
import { hub } from '../support/example-world.js';
import { asVariables } from '../support/issued.js';
import { openWalkSetup, reached, stops, type WalkSetup } from '../support/walk-setup.js';

const runner = 'arn:aws:iam::111111111111:role/runner';
const chain = (seconds: string) => ({
  'credential-source': 'Environment',
  'role-to-assume': hub,
  'role-duration-seconds': seconds,
  'role-skip-session-tagging': 'true',
});

/** A world in which the hub also trusts the machine's role. */
async function openMachineSetup(): Promise<WalkSetup> {
  return openWalkSetup((world) => {
    const role = world.accounts['111111111111']?.roles?.['ci-hub'];
    if (role === undefined) {
      throw new Error('The example has no hub.');
    }
    role.trustPolicy = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: ['sts:AssumeRole', 'sts:TagSession'] }],
    } as typeof role.trustPolicy;
  });
}

describe('session keys in the environment, for more than an hour', () => {
  it("are tried when they are an EC2 instance's, with a warning", async () => {
    const setup = await openMachineSetup();
    const environment = asVariables(setup.emulator.issue(runner, { kind: 'ec2', sessionName: 'i-0123456789abcdef0' }));
    const [walked] = reached(await setup.walk(chain('7200'), {}, environment));
    expect(walked?.sessions[0]?.durationSeconds).toBe(7200);
    expect(setup.log.join('\n')).toMatch(/7200 s \(2h\) from the credentials of an EC2 instance/);
  });

  it('are rejected before AssumeRole when they are of any other role', async () => {
    const setup = await openMachineSetup();
    const [stop] = stops(
      await setup.walk(chain('7200'), {}, asVariables(setup.emulator.issue(runner, { sessionName: 'somebody' }))),
    );
    expect(stop?.failure.code).toBe('DurationTooLong');
    expect(setup.calls()).toEqual(['GetCallerIdentity']);
  });
});

describe('a caller without permission for GetCallerIdentity', () => {
  it('continues when nothing depends on the answer', async () => {
    const setup = await openMachineSetup();
    setup.emulator.faults.add({ operation: 'GetCallerIdentity', first: 9, fault: { kind: 'access-denied' } });
    const rules = { attempts: 3, includesFreshRoles: true };
    reached(
      await setup.walk(
        chain('3600'),
        { rules },
        asVariables(setup.emulator.issue(runner, { sessionName: 'somebody' })),
      ),
    );
    expect(setup.calls()).toEqual(['GetCallerIdentity', 'AssumeRole ci-hub']);
  });

  it('fails when a role name needs the account from the answer', async () => {
    const setup = await openMachineSetup();
    setup.emulator.faults.add({ operation: 'GetCallerIdentity', first: 9, fault: { kind: 'access-denied' } });
    const inputs = { ...chain('3600'), 'role-to-assume': 'ci-hub' };
    const [stop] = stops(
      await setup.walk(inputs, {}, asVariables(setup.emulator.issue(runner, { sessionName: 'somebody' }))),
    );
    expect(stop?.failure).toMatchObject({ operation: 'GetCallerIdentity', code: 'AccessDenied' });
  });
});
