import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { identityVariables } from '../../../src/domain/input/environment.js';
import { postWith } from '../../support/entry-points.js';
import { deploy, hub, keys } from '../../support/example-world.js';
import { chainOf, openStage, type Stage, type StageOptions } from '../../support/stage.js';

const chain = { 'role-chain': chainOf(hub, deploy) } as const;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A state of the right form, without valid proofs. */
const forged = (undo: object, more: object = {}) =>
  JSON.stringify({
    version: 1,
    undo: { step: 'a step', variables: [], files: [], ...undo },
    proofs: [sha256('guess')],
    ...more,
  });

const variable = (name: string, before: string, value = '') => ({
  variables: [{ name, before, fingerprint: sha256(value) }],
});

describe('an injected state', () => {
  const section = '[prod]\naws_secret_access_key = only-its-owner-knows\nregion = eu-west-1\n';

  test.each<readonly [string, (stage: Stage) => string]>([
    ['sets another variable', () => forged(variable('GIT_SSH_COMMAND', 'sh -c evil'))],
    ['sets the search path', () => forged(variable('PATH', '/evil'))],
    ['sets a variable of AWS', () => forged(variable('AWS_PROFILE', 'evil'))],
    ['sets a Region that is known', () => forged(variable('AWS_REGION', 'evil', 'eu-west-1'))],
    ['is of an older form', () => JSON.stringify(variable('AWS_PROFILE', 'evil'))],
    ['removes a folder', ({ job }) => forged({ folder: job.folders.workspace })],
    [
      'removes a folder of the right name',
      ({ job }) => forged({ folder: join(job.folders.workspace, 'assume-role-00000000-0000-4000-8000-000000000000') }),
    ],
    ['rewrites a file', ({ job }) => forged({ files: [fileUndo(join(job.folders.workspace, 'kept'))] })],
    ['rewrites the AWS config', ({ job }) => forged({ files: [fileUndo(join(job.folders.home, '.aws/config'))] })],
    [
      'rewrites the AWS credentials',
      ({ job }) => forged({ files: [fileUndo(join(job.folders.home, '.aws/credentials'))] }),
    ],
    [
      'names a key outside the temporary folder',
      ({ job }) => forged(variable('AWS_PROFILE', 'evil'), { keyFile: `../../${job.folders.workspace}` }),
    ],
  ])('does nothing when it %s', async (_, state) => {
    const stage = await openStage();
    const { folders } = stage.job;
    await mkdir(join(folders.home, '.aws'));
    const files = [
      join(folders.home, '.aws/config'),
      join(folders.home, '.aws/credentials'),
      join(folders.workspace, 'kept'),
    ];
    const folder = join(folders.workspace, 'assume-role-00000000-0000-4000-8000-000000000000');
    await mkdir(folder);
    for (const file of files) {
      await writeFile(file, section);
    }
    const post = await postWith(stage, state(stage));
    expect(post).toMatchObject({ exitCode: 0, environmentChanges: {}, annotations: [] });
    expect(post.log).toMatch(/Nothing is restored|cannot be verified/);
    for (const file of files) {
      expect(await readFile(file, 'utf8')).toBe(section);
    }
    expect(await readdir(folders.workspace)).toEqual(['assume-role-00000000-0000-4000-8000-000000000000', 'kept']);
  });

  function fileUndo(path: string): object {
    const [ours, original] = [sha256('[prod]\nregion = eu-west-1'), { text: '[prod]\ncredential_process = evil' }];
    const sections = [{ name: 'prod', ours, original, newline: '\n', secrets: [sha256('region=eu-west-1')] }];
    return { path, created: false, folders: [], sections };
  }

  test('has no effect beside the state that main saved, in any letter case of its name', async () => {
    const stage = await openStage();
    const { state } = await stage.succeeds(chain);
    const post = await postWith(stage, '', { 'STATE_CLEAN-UP': state['clean-up'] ?? '' });
    expect(post.environmentChanges).toMatchObject({ AWS_ACCESS_KEY_ID: '' });
  });
});

describe('the state of a step', () => {
  const idToken: StageOptions = { job: { runtimeToken: '' } };
  const machine: StageOptions = { idToken: false, job: { runtimeToken: '' } };
  const act: StageOptions = { environment: { ACT: 'true' } };
  const role = { 'role-to-assume': hub, ...keys } as const;

  test('is sealed with a token of the job, which leaves no file', async () => {
    const stage = await openStage(idToken);
    await stage.succeeds({ ...chain, 'aws-region': 'eu-west-3' });
    expect(await keyFiles(stage)).toEqual([]);
    const [post] = await stage.finish();
    expect(post?.environmentChanges).toMatchObject({ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: '' });
  });

  test.each([
    ['without a token', machine],
    ['under act', act],
  ])('%s is sealed with a key file, which post removes', async (_, options) => {
    const stage = await openStage(options);
    await stage.succeeds({ ...role, 'role-skip-session-tagging': 'true', 'aws-region': 'eu-west-3' });
    expect(await keyFiles(stage)).toHaveLength(1);
    const [post] = await stage.finish();
    expect(post?.environmentChanges).toMatchObject({ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: '' });
    expect(await keyFiles(stage)).toEqual([]);
  });

  test.each<readonly [string, (file: string) => Promise<unknown>]>([
    ['is gone', (file) => rm(file)],
    ['is open to others', (file) => chmod(file, 0o644)],
    [
      'is a link',
      async (file) => {
        await writeFile(`${file}.other`, 'a'.repeat(64), { mode: 0o600 });
        await rm(file);
        await symlink(`${file}.other`, file);
      },
    ],
    ['contains another key', (file) => writeFile(file, 'a'.repeat(64))],
  ])('only removes keys when its file %s', async (_, spoil) => {
    const stage = await openStage(machine);
    await stage.succeeds({ ...role, 'role-skip-session-tagging': 'true', 'aws-region': 'eu-west-3' });
    await spoil(join(stage.job.folders.temp, (await keyFiles(stage))[0] ?? ''));
    const [post] = await stage.finish();
    expect(post?.log).toContain('cannot be verified');
    expect(post?.environmentChanges).toEqual({
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
      AWS_SESSION_TOKEN: '',
    });
  });

  test('contains every variable that a step can set, and post accepts them all', async () => {
    const before = Object.fromEntries(
      [...identityVariables, 'AWS_REGION', 'AWS_DEFAULT_REGION']
        .filter((name) => !name.startsWith('AWS_CONTAINER'))
        .map((name) => [name, name.endsWith('REGION') ? 'us-west-2' : `before-${name}`]),
    );
    const stage = await openStage({ environment: { ...before, AWS_DEFAULT_PROFILE: 'before-AWS_PROFILE' } });
    await stage.succeeds({ ...role, 'unset-current-credentials': 'true', 'aws-region': 'eu-west-3' });
    const [post] = await stage.finish();
    expect(post?.log).toContain('Restored: ');
    expect(stage.job.environment).toMatchObject({ ...before, AWS_DEFAULT_PROFILE: 'before-AWS_PROFILE' });
  });

  test('of a step that fails during the handover leaves no file', async () => {
    const stage = await openStage(machine);
    await mkdir(join(stage.job.folders.home, '.aws/config'), { recursive: true });
    await stage.fails({ ...role, 'role-skip-session-tagging': 'true', 'aws-profile': 'prod' });
    expect(await keyFiles(stage)).toEqual([]);
  });
});

async function keyFiles({ job }: Stage): Promise<string[]> {
  return (await readdir(job.folders.temp)).filter((name) => name.endsWith('.key'));
}
