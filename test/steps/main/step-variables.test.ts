import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stepVariables } from '../../../src/steps/main/step-variables.js';
import { temporaryFolder } from '../../support/folders.js';

const handedOn = { INPUT_TARGET: 'prod', 'INPUT_ROLE-TO-ASSUME': 'x' };
const own = { 'INPUT_ROLE-CHAIN': 'y', INPUT_DRY_RUN: 'true', HOME: '/home/x' };

/** A composite action that passes `dry_run` to its step, and keeps `target` and `role-to-assume` to itself. */
async function composite(name: string): Promise<string> {
  const folder = await temporaryFolder('composite');
  const step = '{ uses: org/assume-role@v1, with: { role-chain: x, dry_run: x } }';
  await writeFile(
    join(folder, name),
    `inputs: { target: {}, role-to-assume: {}, dry_run: {} }\nruns: { using: composite, steps: [${step}] }\n`,
  );
  return folder;
}

describe('a step of a composite action', () => {
  it.each([
    ['GITEA_ACTIONS', 'action.yml'],
    ['FORGEJO_ACTIONS', 'action.yaml'],
    ['ACT', 'action.yml'],
  ])('under %s sees only what %s passes to it', async (runner, name) => {
    const environment = { ...own, [runner]: 'true', GITHUB_ACTION_PATH: await composite(name) };
    expect(await stepVariables({ ...environment, ...handedOn })).toEqual(environment);
  });

  it('sees everything on GitHub, which does not pass them on', async () => {
    const environment = { ...own, ...handedOn, GITHUB_ACTION_PATH: await composite('action.yml') };
    expect(await stepVariables(environment)).toBe(environment);
  });

  it.each(['', join(tmpdir(), 'no-such-folder'), process.execPath])(
    'sees everything when the file cannot be read: %j',
    async (folder) => {
      const environment = { ...own, ...handedOn, ACT: 'true', GITHUB_ACTION_PATH: folder };
      expect(await stepVariables(environment)).toBe(environment);
    },
  );
});
