import { describe, expect, test } from 'vitest';
import { bot, deploy, hub, keys, production } from '../../support/example-world.js';
import { chainOf, openStage, session } from '../../support/stage.js';
import { addRole, trusting } from '../../support/world-roles.js';

describe('a chain', () => {
  const calls = [`AssumeRoleWithWebIdentity ${hub}`, `AssumeRole ${deploy}`, `AssumeRole ${production}`];

  test.each([
    ['line by line, with blanks and Windows line ends', `  ${hub}  \r\n${deploy}\r\n\t${production}\r\n`],
    [
      'as YAML maps, with comments',
      `# there\n- role-to-assume: ${hub}\n- { role-to-assume: "${deploy}" } # staging\n- ${production}`,
    ],
  ])('can be written %s', async (_, chain) => {
    const stage = await openStage();
    const step = await stage.succeeds({ 'role-chain': chain });
    expect(stage.calls()).toEqual(calls);
    expect(step.outputs['authenticated-arn']).toBe(session(production));
  });

  test('makes one call per hop and one request for an ID token, all over one connection', async () => {
    const stage = await openStage();
    await stage.succeeds({ 'role-chain': chainOf(hub, deploy, production) });
    expect(stage.emulator.requests.map(({ operation }) => operation)).toEqual([
      'GetIdToken',
      'AssumeRoleWithWebIdentity',
      'AssumeRole',
      'AssumeRole',
    ]);
    expect(new Set(stage.emulator.requests.map(({ connection }) => connection)).size).toBe(1);
  });

  test('with long-term keys calls AWS only for its hops', async () => {
    const stage = await openStage({ idToken: false });
    await stage.succeeds({ ...keys, 'role-chain': chainOf(hub, deploy) });
    expect(stage.calls()).toEqual([`AssumeRole ${hub}`, `AssumeRole ${deploy}`]);
  });

  test('logs each hop on a line: caller, role, duration', async () => {
    const stage = await openStage();
    const { log } = await stage.succeeds({ 'role-chain': chainOf(hub, deploy) });
    expect(log).toMatch(new RegExp(`^Hop 1 of 2: .* → ${hub} as GitHubActions, 900 s`, 'm'));
    expect(log).toMatch(new RegExp(`^Hop 2 of 2: ${session(hub)} → ${deploy} as GitHubActions, 3600 s`, 'm'));
    expect(log).toMatch(new RegExp(`^You are ${session(deploy)}$`, 'm'));
  });

  test('may have ten hops', async () => {
    const arns = Array.from({ length: 10 }, (_, index) => `arn:aws:iam::111111111111:role/step-${index + 1}`);
    const stage = await openStage({
      idToken: false,
      change: (world) => {
        for (const [index, arn] of arns.entries()) {
          addRole(world, arn, trusting(arns[index - 1] ?? bot));
        }
      },
    });
    const step = await stage.succeeds({ ...keys, 'role-chain': arns.join('\n') });
    expect(stage.calls()).toEqual(arns.map((arn) => `AssumeRole ${arn}`));
    expect(JSON.parse(step.outputs['role-chain'] ?? '')).toHaveLength(10);
  });

  test('keeps the leading zero of an account ID that YAML would read as a number', async () => {
    const role = 'arn:aws:iam::012345678912:role/zero';
    const stage = await openStage({
      change: (world) => {
        addRole(world, role, trusting(hub));
        const policy = world.accounts['111111111111']?.roles?.['ci-hub']?.policies?.[0];
        if (typeof policy === 'object') {
          Object.assign(policy, JSON.parse(JSON.stringify(policy).replaceAll('222222222222', '012345678912')));
        }
      },
    });
    const chain = `- ${hub}\n- role-to-assume: ${role}\n  allowed-account-ids: [012345678912]\n`;
    const step = await stage.succeeds({ 'role-chain': chain });
    expect(step.outputs['aws-account-id']).toBe('012345678912');
  });
});

describe('a role by name', () => {
  test('at a later hop belongs to the account of the hop before', async () => {
    const stage = await openStage({
      change: (world) =>
        addRole(world, 'arn:aws:iam::222222222222:role/second', { ...trusting(deploy), path: '/teams/' }),
    });
    await stage.succeeds({ 'role-chain': chainOf(hub, deploy, 'teams/second') });
    expect(stage.calls().at(-1)).toBe('AssumeRole arn:aws:iam::222222222222:role/teams/second');
  });

  test('at the first hop belongs to the account of the keys, which one call finds out', async () => {
    const stage = await openStage({ idToken: false });
    await stage.succeeds({ ...keys, 'role-to-assume': 'ci-hub' });
    expect(stage.calls()).toEqual(['GetCallerIdentity', `AssumeRole ${hub}`]);
  });

  test('cannot be the first hop of a token, which has no account', async () => {
    const stage = await openStage();
    await stage.refuses({ 'role-chain': chainOf('ci-hub', deploy) }, 'hop 1', 'ARN');
  });
});
