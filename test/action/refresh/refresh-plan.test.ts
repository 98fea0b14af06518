import { spawnSync } from 'node:child_process';
import { chmod, chown, copyFile, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openRefreshStage, type RefreshStage, refreshing, untilRenewal, wordsOf } from '../../support/refreshing.js';
import { deploy, session } from '../../support/stage.js';
import { startTls } from '../../support/tls-server.js';

const planOf = async (stage: RefreshStage) => join((await stage.folder()) ?? '', 'plan-0.json');
const posix = process.platform !== 'win32';
const isRoot = process.getuid?.() === 0;

describe.runIf(posix)('a plan that is not the step’s alone', () => {
  const strange: readonly (readonly [string, (plan: string) => Promise<unknown>, RegExp])[] = [
    ['that others can write', (plan) => chmod(plan, 0o666), /plan \S+ has mode 0666/],
    ['that others can read', (plan) => chmod(plan, 0o640), /plan \S+ has mode 0640/],
    [
      'in a folder that others can write',
      (plan) => chmod(dirname(plan), 0o777),
      /folder of the plan, \S+, has mode 0777/,
    ],
    [
      'that is a link',
      async (plan) => {
        await rename(plan, `${plan}.real`);
        await symlink(`${plan}.real`, plan);
      },
      /plan \S+ is a symbolic link/,
    ],
    [
      'in a folder that is a link',
      async (plan) => {
        await rename(dirname(plan), `${dirname(plan)}-real`);
        await symlink(`${dirname(plan)}-real`, dirname(plan));
      },
      /folder of the plan, \S+, is a symbolic link/,
    ],
    [
      'that is a folder',
      async (plan) => {
        await rm(plan);
        await mkdir(plan, { mode: 0o700 });
      },
      /plan \S+ is no regular file/,
    ],
    ['that is far too long', (plan) => writeFile(plan, ' '.repeat(2_000_000)), /plan \S+ has more than 1000000 bytes/],
  ];

  test.each(strange)('is refused with the reason, and asks nobody: %s', async (_, spoil, words) => {
    const stage = await openRefreshStage();
    await stage.succeeds(refreshing);
    await spoil(await planOf(stage));
    stage.later(untilRenewal);
    const before = stage.calls();
    expect(await stage.failsToGet()).toMatch(words);
    expect(stage.calls()).toEqual(before);
  });

  test.runIf(isRoot)(
    'is refused where another user owns it, but not for root that sudo made of that user',
    async () => {
      const stage = await openRefreshStage();
      await stage.succeeds(refreshing);
      const plan = await planOf(stage);
      for (const path of [dirname(plan), plan, `${plan}.cache`]) {
        await chown(path, 12_345, 12_345);
      }
      expect(await stage.failsToGet()).toMatch(/belongs to user 12345, and this is user 0/);
      await stage.gets({ environment: { ...stage.job.environment, SUDO_UID: '12345' } });
      await chown(dirname(plan), 0, 0);
      expect(await stage.failsToGet()).toMatch(/plan \S+ belongs to user 12345/);
    },
  );

  test('in a sticky folder that all can write, as a temporary folder is, serves', async () => {
    const stage = await openRefreshStage();
    await stage.succeeds(refreshing);
    await chmod(stage.job.folders.temp, 0o1777);
    await stage.gets();
  });

  test.each<readonly [string, (cache: string) => Promise<unknown>]>([
    ['others can write', (cache) => chmod(cache, 0o666)],
    [
      'is a link',
      async (cache) => {
        await copyFile(cache, `${cache}.other`);
        await rm(cache);
        await symlink(`${cache}.other`, cache);
      },
    ],
  ])('has no use for a cache that %s', async (_, spoil) => {
    const stage = await openRefreshStage();
    await stage.succeeds(refreshing);
    await spoil(`${await planOf(stage)}.cache`);
    const { code } = await stage.call();
    expect(stage.requests('AssumeRole').length, 'the chain is walked again').toBe(2);
    expect(code).toBe(_ === 'is a link' ? 1 : 0);
  });
});

describe('the entry point of a renewing profile', () => {
  test.each([
    [[]],
    [['--help']],
    [['--plan']],
    [['--plan', '']],
    [['--environment', 'x']],
    [['--plan', 'a', 'b']],
    [['/a']],
  ])('refuses words that no profile has: %j', async (words) => {
    const entry = join(import.meta.dirname, '../../../dist/credential-process/index.js');
    const keys = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x'.repeat(40) };
    const program = process.env.ACTION_NODE || process.execPath;
    const { status, stdout, stderr } = spawnSync(program, [entry, ...words], { env: keys, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/called by AWS tools, with --environment or with --plan/);
  });
});

describe.runIf(posix)('a temporary folder', () => {
  test.each(['a #1', 'a ;b', 'a\tb', `it's "a" $HOME \`b\``, 'ü %20 x', 'a\nb'])(
    'named %j is no obstacle',
    async (name) => {
      const folder = await mkdtemp(join(tmpdir(), 'strange-'));
      onTestFinished(() => rm(folder, { recursive: true, force: true }));
      const temp = join(folder, name);
      await mkdir(temp);
      const stage = await openRefreshStage({ job: { temp } });
      await stage.succeeds(refreshing);
      expect(wordsOf(await stage.command())).toHaveLength(4);
      await stage.gets();
      await stage.finish();
      expect(await stage.folder()).toBeUndefined();
    },
  );
});

test.runIf(posix)('a path of the action that no AWS file can hold stops the step before AWS is asked', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'action #1-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const root = join(import.meta.dirname, '../../..');
  await symlink(join(root, 'dist'), join(folder, 'dist'));
  const stage = await openRefreshStage();
  const env = { 'INPUT_ROLE-CHAIN': refreshing['role-chain'], INPUT_REFRESH: 'true', 'INPUT_AWS-REGION': 'eu-west-1' };
  const command = process.env.ACTION_NODE || process.execPath;
  const step = await stage.job.run({ command, args: [join(folder, 'dist/main/index.js')] }, { env });
  expect(step.exitCode).toBe(1);
  expect(step.log).toMatch(/cannot be in an AWS file[\s\S]*plainer name/);
  expect(stage.emulator.requests).toEqual([]);
});

test('authorities that only main was told of travel in the plan', async () => {
  const stage = await openRefreshStage();
  const tls = await startTls({ behind: stage.emulator.url });
  const trusting = { NODE_EXTRA_CA_CERTS: tls.certificate };
  const step = await stage.job.step({ with: { ...refreshing, 'sts-endpoint': tls.url }, env: trusting });
  expect(step.conclusion, step.log).toBe('success');
  stage.later(untilRenewal);
  expect(stage.job.environment.NODE_EXTRA_CA_CERTS).toBeUndefined();
  const got = await stage.gets();
  expect(await stage.whose(got)).toBe(session(deploy));
  const environment = {
    ...stage.job.environment,
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    NODE_EXTRA_CA_CERTS: (await startTls()).certificate,
  };
  stage.later(untilRenewal);
  await stage.gets({ environment });
  expect(JSON.parse(await readFile(await planOf(stage), 'utf8')).variables).toMatchObject(trusting);
});
