import { spawnSync } from 'node:child_process';
import { chmod, readdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StepResult } from '../../../runner/step-result.js';
import { mainFile as main, actionNode as node, postFile as post } from '../../support/entry-points.js';
import { deploy, hub } from '../../support/example-world.js';
import { temporaryFolder } from '../../support/folders.js';
import { chainOf, openStage, type Stage } from '../../support/stage.js';

const chain = { 'role-chain': chainOf(hub, deploy), 'aws-region': 'eu-west-3' } as const;
const unusable = process.platform !== 'win32';

type Variables = Readonly<Record<string, string>>;

/** Whether this user can run Node as another user who can read `dist/`. */
function canBeNobody(): boolean {
  const words = ['--reuid=65534', '--regid=65534', '--clear-groups', 'env', node, '--check', main];
  return spawnSync('setpriv', words, { stdio: 'ignore' }).status === 0;
}

/** Runs main with some of the runner's command files removed (null) or replaced. */
function mainWith(
  stage: Stage,
  files: Readonly<Record<string, string | null>>,
  inputs: Variables = chain,
): Promise<StepResult> {
  const env = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
  return stage.job.run({ command: 'env', args: [...changed(files), node, main] }, { env });
}

const changed = (files: Readonly<Record<string, string | null>>) =>
  Object.entries(files).flatMap(([name, path]) => (path === null ? ['-u', name] : [`${name}=${path}`]));

/** A file in a new folder. */
async function fileOf(text = ''): Promise<string> {
  const path = join(await temporaryFolder('runner-file'), 'file');
  await writeFile(path, text);
  return path;
}

async function linkTo(path: string): Promise<string> {
  await symlink(path, `${path}-link`);
  return `${path}-link`;
}

async function leftIn({ job }: Stage): Promise<readonly string[]> {
  const names = [...(await readdir(job.folders.home)), ...(await readdir(job.folders.temp))];
  return names.filter((name) => !name.startsWith('_'));
}

describe.runIf(unusable)('a command file of the runner that cannot be written', () => {
  type Kind = readonly [name: string, path: () => Promise<string>, words: string];
  const absent: Kind = ['is not there', async () => `${await fileOf()}-gone`, 'ENOENT'];
  const kinds: readonly Kind[] = [
    absent,
    ['is a link', async () => linkTo(await fileOf()), 'is a symbolic link'],
    ['is a folder', async () => tmpdir(), 'is not a regular file'],
    ['is a device', async () => '/dev/full', 'is not a regular file'],
  ];

  // Each kind once, and each file once.
  const cases = [
    ...kinds.map((kind) => ['GITHUB_STATE', ...kind] as const),
    ...['GITHUB_ENV', 'GITHUB_OUTPUT'].map((name) => [name, ...absent] as const),
  ];
  test.each(cases)('fails the step before any call: %s %s', async (name, _, path, words) => {
    const stage = await openStage();
    const step = await mainWith(stage, { [name]: await path() });
    expect(step).toMatchObject({ exitCode: 1, environmentChanges: {}, outputs: {}, state: {} });
    expect(step.log).toContain(words);
    expect(step.log).toContain(name);
    expect(stage.emulator.requests).toEqual([]);
    expect(await leftIn(stage)).toEqual([]);
  });

  test.runIf(canBeNobody())("fails the step of a container's user before any call, with the fix", async () => {
    const stage = await openStage();
    const path = await fileOf();
    await chmod(join(path, '..'), 0o755);
    const script = `exec setpriv --reuid=65534 --regid=65534 --clear-groups env GITHUB_STATE="${path}" "${node}" "${main}"`;
    const env = { INPUT_TARGETS: '', 'INPUT_ROLE-CHAIN': chain['role-chain'] };
    const step = await stage.job.run({ command: 'env', args: ['bash', '-c', script] }, { env });
    expect(step.exitCode).toBe(1);
    expect(step.log).toMatch(/GITHUB_ENV: .* cannot be written: .* \(EACCES\)[\s\S]*options: --user 1001/);
    expect(stage.emulator.requests).toEqual([]);
  });
});

describe('without a command file of the runner', () => {
  test.each([
    ['GITHUB_ENV', {}, null, 'GITHUB_ENV is not set'],
    ['GITHUB_OUTPUT', { 'output-credentials': 'true' }, null, 'GITHUB_OUTPUT is not set'],
    ['GITHUB_STATE', { 'aws-profile': 'ours' }, null, 'GITHUB_STATE is not set'],
    ['GITHUB_STATE', { refresh: 'true' }, '', 'GITHUB_STATE is empty'],
  ])('%s, a step that needs it fails before any call: %j', async (name, inputs, path, words) => {
    const stage = await openStage();
    const step = await mainWith(stage, { [name]: path }, { ...chain, ...inputs });
    expect(step).toMatchObject({ exitCode: 1, environmentChanges: {}, state: {} });
    expect(step.log).toContain(words);
    expect(step.stdout, 'no key is printed in place of the file').not.toMatch(/^::set-/m);
    expect(stage.emulator.requests).toEqual([]);
    expect(await leftIn(stage)).toEqual([]);
  });

  test('for state, keys are handed over with a warning', async () => {
    const stage = await openStage({ environment: { AWS_PROFILE: 'theirs' } });
    const step = await mainWith(stage, { GITHUB_STATE: null });
    expect(step.exitCode, step.log).toBe(0);
    expect(step.log).toContain('GITHUB_STATE is not set, so the post step cannot restore the variables');
    expect(step.environmentChanges).toMatchObject({ AWS_REGION: 'eu-west-3' });
    expect(step.environmentChanges).not.toHaveProperty('AWS_PROFILE');
    expect(await leftIn(stage)).toEqual([]);
  });
});

describe('post without a file for variables', () => {
  test.each([
    ['not set', null, 'GITHUB_ENV is not set'],
    ['gone', '/nowhere/at/all', 'ENOENT'],
  ])('undoes everything else, and says so: %s', async (_, path, words) => {
    const stage = await openStage({ environment: { AWS_WEB_IDENTITY_TOKEN_FILE: '/theirs', AWS_PROFILE: 'z' } });
    const { state } = await stage.succeeds({ ...chain, refresh: 'true' });
    const env = { 'STATE_clean-up': state['clean-up'] ?? '' };
    const { exitCode, log, raw } = await stage.job.run(
      { command: 'env', args: [...changed({ GITHUB_ENV: path }), node, post] },
      { env },
    );
    expect(exitCode).toBe(0);
    expect(log).toMatch(/Not restored: .*AWS_PROFILE/);
    expect(log).toContain(words);
    expect(raw).not.toContain('::set-env');
    expect(await leftIn(stage)).toEqual([]);
  });
});
