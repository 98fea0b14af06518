import { describe, expect, it } from 'vitest';
import { deploy, hub, keys, production } from '../../support/example-world.js';
import { chainOf, openStage } from '../../support/stage.js';

const chain = { 'dry-run': 'true', 'role-chain': chainOf(hub, deploy) };

describe('dry-run', () => {
  it('prints the chain, the rules of each hop and the policies of each account, and makes no request', async () => {
    const stage = await openStage();
    const step = await stage.succeeds(chain);
    expect(stage.emulator.requests).toEqual([]);
    expect(step.log).toMatch(/Hop 1 of 2: AssumeRoleWithWebIdentity\n[\s\S]*900 to 43200 s/);
    expect(step.log).toMatch(/Hop 2 of 2: AssumeRole\n[\s\S]*role chaining, [^\n]*session of hop 1: 900 to 3600 s/);
    expect(step.log).toContain(`Account 111111111111. Trust policy of ${hub}:`);
    expect(step.log).toContain(`Account 111111111111. Permissions policy of ${hub}:`);
    expect(step.log).toContain(`Account 222222222222. Trust policy of ${deploy}:`);
    expect({ ...step.outputs, ...step.environmentChanges }).toEqual({});
    expect(step.summary).toContain('```mermaid');
    expect(step.summary).toContain(`Trust policy of ${deploy}`);
  });

  it.each([
    ['on a fork, without an ID token', {}, {}],
    ['with empty access keys', { 'credential-source': 'access-keys' }, {}],
    ['with credential-source: oidc', { 'credential-source': 'oidc' }, {}],
    ["in act, which is not GitHub's runner", {}, { RUNNER_ENVIRONMENT: 'self-hosted' }],
  ])('continues with an assumed base identity, and says so: %s', async (_, inputs, environment) => {
    const stage = await openStage({ idToken: false, environment });
    const { log, annotations } = await stage.succeeds({ ...chain, ...inputs });
    expect(log).toMatch(/because the dry run assumes it: /);
    expect(log).toContain(`Trust policy of ${deploy}`);
    expect(annotations.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('still reports every problem of the request', async () => {
    const stage = await openStage({ idToken: false });
    await stage.refuses({ ...chain, 'role-duration-seconds': '2h' }, 'role chaining');
  });

  it('shows targets as a tree: a shared hop once, with every role behind it in its policy', async () => {
    const stage = await openStage();
    const { log, summary } = await stage.succeeds({
      'dry-run': 'true',
      targets: `staging: [${hub}, ${deploy}]\nprod: [${hub}, ${production}]`,
    });
    expect(log.match(/AssumeRoleWithWebIdentity\n/g)).toHaveLength(1);
    expect(log).toContain('Hop 1 of 2 (staging, prod)');
    expect(log).toContain(`"Resource": ["${deploy}", "${production}"]`);
    expect(summary.match(/\["ci-hub"\]/g)).toHaveLength(1);
  });

  it('prints a placeholder for a base identity that only a call could find out', async () => {
    const stage = await openStage();
    const { log } = await stage.succeeds({ ...keys, 'dry-run': 'true', 'role-to-assume': 'deploy' });
    expect(log).toContain('arn:aws:iam::ACCOUNT-OF-THE-BASE-IDENTITY:role/deploy');
    expect(log).toContain('Replace the words in capitals');
    expect(stage.emulator.requests).toEqual([]);
  });
});
