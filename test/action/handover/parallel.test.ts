import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deploy, hub, production } from '../../support/example-world.js';
import { chainOf, openStage, type Stage, session } from '../../support/stage.js';

/** Steps of one `parallel:` group. Their exports reach the job when all have finished, in the order of the workflow. */

const oidc = { 'credential-source': 'oidc' } as const;
const targets = `staging: [${hub}, ${deploy}]\nprod: [${hub}, ${production}]`;

const sections = async ({ job }: Stage) => {
  const text = await readFile(join(job.folders.home, '.aws/credentials'), 'utf8').catch(() => '');
  return [...text.matchAll(/^\[(.*)\]$/gm)].map(([, name]) => name);
};

test('after one step with targets, steps with different AWS_PROFILE each have their own role', async () => {
  const stage = await openStage();
  await stage.succeeds({ targets, ...oidc });
  const who = (profile: string) => ({ with: { 'output-env-credentials': 'false' }, env: { AWS_PROFILE: profile } });
  const [staging, prod] = await stage.job.parallel([who('staging'), who('prod')]);
  expect(staging?.outputs['authenticated-arn']).toBe(session(deploy));
  expect(prod?.outputs['authenticated-arn']).toBe(session(production));
});

test('steps that each write their own profile do not affect each other', async () => {
  const stage = await openStage();
  const uses = [deploy, production, deploy, production].map((role, index) => ({
    with: { 'role-chain': chainOf(hub, role), 'aws-profile': `p${index}` },
  }));
  const steps = await stage.job.parallel(uses);
  expect(steps.map(({ conclusion }) => conclusion)).toEqual(['success', 'success', 'success', 'success']);
  expect((await sections(stage)).sort()).toEqual(['p0', 'p1', 'p2', 'p3']);
  await stage.finish();
  expect(await sections(stage)).toEqual([]);
});

test('of two steps that export keys the last one in the list wins, so they should not run in parallel', async () => {
  const stage = await openStage();
  const [first, second] = await stage.job.parallel([
    { with: { 'role-chain': chainOf(hub, production) } },
    { with: { 'role-chain': chainOf(hub, deploy) } },
  ]);
  expect(first?.environmentChanges.AWS_ACCESS_KEY_ID).toMatch(/^ASIA/);
  expect(stage.job.environment.AWS_ACCESS_KEY_ID).toBe(second?.environmentChanges.AWS_ACCESS_KEY_ID);
  await stage.finish();
  expect(stage.job.environment.AWS_ACCESS_KEY_ID).toBe('');
});
