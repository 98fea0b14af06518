import { describe, expect, test } from 'vitest';
import { deploy, hub, keys, keyVariables, long } from '../../support/example-world.js';
import { asVariables } from '../../support/issued.js';
import { chainOf, openStage, type Stage } from '../../support/stage.js';

const asked = (stage: Stage) =>
  stage.emulator.requests.flatMap(({ parameters }) => parameters.DurationSeconds ?? []).map(Number);

const chainedRole = { 'role-to-assume': long, 'role-skip-session-tagging': 'true' } as const;

describe('a duration', () => {
  test.each([
    ['hours and minutes', '1h30m', 5400],
    ['nothing, which means an hour', '', 3600],
  ])('can be written in %s', async (_, text, seconds) => {
    const stage = await openStage();
    const step = await stage.succeeds({ 'role-to-assume': hub, 'role-duration-seconds': text });
    expect(asked(stage)).toEqual([seconds]);
    const end = Date.parse(step.outputs['aws-expiration'] ?? '');
    expect(Math.abs(end - Date.now() - seconds * 1000)).toBeLessThan(60_000);
  });

  test('of the step applies to the last hop; earlier hops get 15 minutes', async () => {
    const stage = await openStage();
    await stage.succeeds({ 'role-chain': chainOf(hub, deploy), 'role-duration-seconds': '30m' });
    expect(asked(stage)).toEqual([900, 1800]);
  });

  test('that exceeds only the role’s maximum is refused by AWS, and AWS’s message is shown', async () => {
    const stage = await openStage();
    const { log } = await stage.fails({ 'role-to-assume': hub, 'role-duration-seconds': '3h' });
    expect(log).toContain('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
    expect(asked(stage)).toEqual([10_800]);
  });
});

describe('max', () => {
  test('steps down to the maximum of the role, and logs the result', async () => {
    const stage = await openStage();
    const { log } = await stage.succeeds({ 'role-to-assume': hub, 'role-duration-seconds': 'max' });
    expect(asked(stage)).toEqual([43_200, 28_800, 14_400, 7200]);
    expect(log).toMatch(/max is 7200 s \(2h\)/);
    expect(stage.requests('GetIdToken')).toHaveLength(1);
  });

  test('is twelve hours when the role allows them', async () => {
    const stage = await openStage({ idToken: false });
    await stage.succeeds({ ...keys, ...chainedRole, 'role-duration-seconds': 'max' });
    expect(asked(stage)).toEqual([43_200]);
  });

  test('is one hour at a chained hop, without further calls', async () => {
    const stage = await openStage();
    await stage.succeeds({ 'role-chain': chainOf(hub, long), 'role-duration-seconds': 'MAX' });
    expect(asked(stage)).toEqual([900, 3600]);
  });
});

describe('a chained hop of more than an hour is an error', () => {
  const twoHours = { 'role-duration-seconds': '2h' } as const;
  const refused = ['role chaining', '7200 s', '3600'] as const;

  test('at every hop after the first, before any call', async () => {
    const stage = await openStage();
    await stage.refuses({ ...twoHours, 'role-chain': chainOf(hub, long) }, 'hop 2', ...refused);
  });

  test('but not at the first hop from a token or from long-term keys', async () => {
    const stage = await openStage();
    await stage.succeeds({ ...twoHours, 'role-to-assume': hub });
    await stage.succeeds({ ...keys, ...chainedRole, ...twoHours });
    expect(asked(stage)).toEqual([7200, 7200]);
  });

  test('at the first hop from a session in the environment, before AssumeRole', async () => {
    const stage = await openStage({ environment: (emulator) => asVariables(emulator.issue(hub)) });
    for (const source of [{ 'credential-source': 'Environment' }, { 'role-chaining': 'true' }]) {
      const { log } = await stage.fails({ ...chainedRole, ...twoHours, ...source });
      expect(log).toContain('role chaining');
    }
    expect(stage.requests('AssumeRole')).toEqual([]);
  });

  test('but not with long-term keys from the default chain', async () => {
    const stage = await openStage({ environment: keyVariables });
    await stage.succeeds({ ...chainedRole, ...twoHours, 'role-chaining': 'true' });
    expect(stage.calls()).toEqual([`AssumeRole ${long}`]);
  });

  test('not at the first hop from an EC2 instance, where AWS’s manual contradicts reports: it is tried', async () => {
    const inputs = {
      'credential-source': 'Ec2InstanceMetadata',
      'role-to-assume': hub,
      'role-skip-session-tagging': 'true',
      ...twoHours,
    } as const;
    const stage = await openStage({ environment: ({ instanceEnvironment }) => instanceEnvironment });
    const step = await stage.succeeds(inputs);
    expect(asked(stage)).toEqual([7200]);
    expect(step.annotations).toEqual([
      expect.objectContaining({ level: 'warning', message: expect.stringMatching(/EC2|instance/) }),
    ]);
    const strict = await openStage({
      environment: ({ instanceEnvironment }) => instanceEnvironment,
      change: (world) => {
        world.ec2IsChained = true;
      },
    });
    const { log } = await strict.fails(inputs);
    expect(log).toContain('1 hour session limit for roles assumed by role chaining');
    await strict.succeeds({ ...inputs, 'role-duration-seconds': 'max' });
  });
});

test('a duration that AWS never allows is an error before any call', async () => {
  const stage = await openStage();
  await stage.refuses({ 'role-to-assume': hub, 'role-duration-seconds': '899' }, 'role-duration-seconds: 899 s', '900');
});
