import { readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StepResult } from '../../../runner/step-result.js';
import { hub } from '../../support/example-world.js';
import { spokeRole, withSpokes } from '../../support/fan-out.js';
import { homeWith } from '../../support/folders.js';
import { openStage, type Stage } from '../../support/stage.js';

/**
 * Steps with many targets: the undo record is too large for the runner's state, so main writes it to a file, and the
 * state contains a MAC key for it.
 */

const support = join(import.meta.dirname, '..', '..', 'support');
const mostState = 16_000;
const mostMemory = 150_000;
const theirs = '[theirs]\naws_access_key_id = theirs\n';

/** A job with this many targets in a file, and a profile of the user. */
async function openWith(count: number): Promise<Stage> {
  const home = await homeWith({ credentials: theirs });
  const stage = await openStage({ change: withSpokes(count), job: { home } });
  const sections = Array.from(
    { length: count },
    (_, at) => `[spoke-${at + 1}]\nrole_arn = ${spokeRole(at + 1)}\nsource_profile = hub\n`,
  );
  await writeFile(join(stage.job.folders.workspace, 'roles.ini'), `[hub]\nrole_arn = ${hub}\n${sections.join('')}`);
  return stage;
}

const targetsOf = (count: number) => Array.from({ length: count }, (_, at) => `spoke-${at + 1}`).join('\n');

function run(stage: Stage, count: number, more: { with?: object; env?: object } = {}): Promise<StepResult> {
  const inputs = { 'role-chain-file': 'roles.ini', targets: targetsOf(count), 'action-timeout-s': '280', ...more.with };
  return stage.job.step({ with: inputs, env: { ...more.env }, timeoutMs: 290_000 });
}

const credentialsOf = ({ job }: Stage) => readFile(join(job.folders.home, '.aws', 'credentials'), 'utf8');
const stateSize = ({ state }: StepResult) => JSON.stringify(state).length;

async function stepFolder({ job }: Stage): Promise<string> {
  const name = (await readdir(job.folders.temp)).find((each) => /^assume-role-[0-9a-f-]{36}$/.test(each));
  return join(job.folders.temp, name ?? 'there is no folder');
}

async function expectNothingLeft(stage: Stage): Promise<void> {
  const { home, temp } = stage.job.folders;
  expect(await readdir(home, { recursive: true })).toEqual(['.aws', '.aws/credentials']);
  expect(await credentialsOf(stage)).toBe(theirs);
  expect((await readdir(temp)).filter((name) => !name.startsWith('_'))).toEqual([]);
}

test('a thousand targets respect the limits of state, memory, log and summary; each AWS file is written once, and post undoes everything', async () => {
  const stage = await openWith(1000);
  const watched = join(stage.job.folders.workspace, 'watched');
  const env = { NODE_OPTIONS: `--require=${join(support, 'watch-process.cjs')}`, WATCHED: watched };
  const main = await run(stage, 1000, { env });
  expect(main.conclusion, main.log.slice(-2000)).toBe('success');
  const { maxRSS, renamed } = JSON.parse(await readFile(watched, 'utf8'));
  const awsFiles = ['config', 'credentials'].map((name) => join(stage.job.folders.home, '.aws', name));
  expect(renamed).toMatchObject(Object.fromEntries(awsFiles.map((path) => [path, 1])));
  expect(maxRSS).toBeLessThan(mostMemory);
  expect(stateSize(main)).toBeLessThan(mostState);
  expect(main.summary.length).toBeLessThan(256_000);
  expect((await credentialsOf(stage)).match(/^\[spoke-/gm)).toHaveLength(1000);
  const [post] = await stage.job.finish();
  expect(post?.conclusion).toBe('success');
  expect(post?.log.split('\n').length).toBeLessThan(12);
  expect(JSON.parse(await readFile(watched, 'utf8')).maxRSS).toBeLessThan(mostMemory);
  await expectNothingLeft(stage);
}, 300_000);

const some = 60;

describe('the undo record', () => {
  const spoiled: readonly (readonly [string, (folder: string) => Promise<unknown>, RegExp])[] = [
    ['is gone with its folder', (folder) => rm(folder, { recursive: true }), /undo\.json is gone/],
    ['was altered', (folder) => change(folder, /spoke-7/g, 'theirs'), /undo\.json is not as the step wrote it/],
    [
      'is a link to a copy',
      async (folder) => {
        await rename(join(folder, 'undo.json'), join(folder, 'copy'));
        await symlink(join(folder, 'copy'), join(folder, 'undo.json'));
      },
      /undo\.json is a symbolic link/,
    ],
  ];

  test.each(spoiled)(
    'that %s is reported and ignored; post undoes what the state alone contains',
    async (_, spoil, words) => {
      const stage = await openWith(some);
      const main = await run(stage, some, { with: { 'aws-profile': 'spoke-1', 'output-env-credentials': 'true' } });
      expect(main.conclusion, main.log.slice(-2000)).toBe('success');
      const folder = await stepFolder(stage);
      expect(await stage.job.findSecrets(folder)).toEqual([]);
      await spoil(folder);
      const [post] = await stage.job.finish();
      expect(post?.log).toMatch(words);
      expect(post?.environmentChanges).toMatchObject({ AWS_ACCESS_KEY_ID: '', AWS_PROFILE: '' });
      await expectNothingLeft(stage);
    },
  );

  async function change(folder: string, pattern: RegExp, text: string): Promise<void> {
    const path = join(folder, 'undo.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace(pattern, text));
  }

  test('is not needed for a few targets', async () => {
    const stage = await openWith(3);
    await run(stage, 3);
    expect((await readdir(stage.job.folders.temp)).filter((name) => !name.startsWith('_'))).toEqual([]);
    await stage.job.finish();
    await expectNothingLeft(stage);
  });

  // One of main's first writes, of the undo record, and a later one, of the AWS files.
  test.each([16, 26])('is enough after main was killed at write %d', async (at) => {
    const stage = await openWith(some);
    const env = { NODE_OPTIONS: `--require=${join(support, 'kill-at-write.cjs')}`, KILL_AT_WRITE: String(at) };
    const main = await run(stage, some, { env });
    expect(main.conclusion).toBe('failure');
    const [post] = await stage.job.finish();
    expect(post?.exitCode, post?.log).toBe(0);
    await expectNothingLeft(stage);
  });
});
