import { describe, expect, test } from 'vitest';
import { deploy, hub, keys, production } from '../../support/example-world.js';
import { single, tagsOf, warnings } from '../../support/sent-tags.js';
import { chainOf, openStage } from '../../support/stage.js';

// The tests of documented workflows have the values of tags, and role-skip-session-tagging.
describe('default session tags', () => {
  test('are not sent in a chain', async () => {
    const stage = await openStage();
    await stage.succeeds({ ...keys, 'role-chain': chainOf(hub, deploy) });
    expect([tagsOf(stage), tagsOf(stage, 1)]).toEqual([{}, {}]);
  });

  test('are sent in a chain with role-skip-session-tagging: false', async () => {
    const stage = await openStage();
    await stage.succeeds({ 'role-chain': chainOf(hub, deploy), 'role-skip-session-tagging': 'false' });
    expect(tagsOf(stage)).toMatchObject({ GitHub: 'Actions' });
  });

  test('are not sent with an ID token, because that call has no such parameter', async () => {
    const stage = await openStage();
    const step = await stage.succeeds({ 'role-to-assume': hub });
    expect(Object.keys(stage.requests('AssumeRoleWithWebIdentity')[0]?.parameters ?? {})).not.toContain(
      'Tags.member.1.Key',
    );
    expect(step.annotations).toEqual([]);
  });
});

describe('custom tags', () => {
  const custom = { 'custom-tags': '{"Team":"platform","Shift":7,"Night":true}' } as const;

  test('are sent alone when the default tags are skipped, and in a chain', async () => {
    const stage = await openStage();
    await stage.succeeds({ ...single, ...custom, 'role-skip-session-tagging': 'true' });
    await stage.succeeds({ ...custom, 'role-chain': chainOf(hub, deploy) });
    const alone = { Team: 'platform', Shift: '7', Night: 'true' };
    expect([tagsOf(stage, 0), tagsOf(stage, 1)]).toEqual([alone, alone]);
  });

  test('cause a warning when the only hop is federated', async () => {
    const stage = await openStage();
    const step = await stage.succeeds({ ...custom, 'role-to-assume': hub });
    expect(warnings(step)).toEqual([expect.stringContaining('custom-tags')]);
  });

  test('as an option of a federated hop are an error', async () => {
    const stage = await openStage();
    const chain = `- { role-to-assume: "${hub}", custom-tags: { Team: a }, role-external-id: xy, source-identity: al }\n- ${deploy}`;
    await stage.refuses(
      { 'role-chain': chain },
      'hop 1, custom-tags',
      'hop 1, role-external-id',
      'hop 1, source-identity',
    );
  });

  test('are an error when they are not valid', async () => {
    const stage = await openStage();
    await stage.refuses({ ...single, 'custom-tags': '{"aws:team":"a"}' }, 'custom-tags', "'aws:team'");
  });
});

test('the log and the output show how full the session tokens are, also under the old parameter name', async () => {
  const stage = await openStage();
  const step = await stage.succeeds({
    'role-chain': chainOf(hub, deploy, production),
    'custom-tags': '{"Team":"platform"}',
  });
  const hops = JSON.parse(step.outputs['role-chain'] ?? '') as Record<string, number>[];
  for (const { packedPolicySize, sessionTokenUtilization, sessionTokenSize } of hops) {
    expect(sessionTokenUtilization).toBeGreaterThan(0);
    expect(packedPolicySize).toBe(sessionTokenUtilization);
    expect(sessionTokenSize).toBeGreaterThan(100);
  }
  expect(step.log).toContain(`session token ${hops[2]?.sessionTokenUtilization} % full`);
});
