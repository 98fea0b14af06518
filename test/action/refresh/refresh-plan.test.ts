import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../../scripts/root.js';
import { wordsOf } from '../../support/credential-process.js';
import { actionNode, credentialProcessFile } from '../../support/entry-points.js';
import { deploy } from '../../support/example-world.js';
import { temporaryFolder } from '../../support/folders.js';
import { openRefreshStage, type RefreshStage, refreshing, untilRenewal } from '../../support/refresh-stage.js';
import { session } from '../../support/stage.js';
import { startTls } from '../../support/tls-server.js';

const planOf = async (stage: RefreshStage) => join((await stage.folder()) ?? '', 'plan-0.json');
const posix = process.platform !== 'win32';

test.runIf(posix)('a plan that other users can write is rejected with the reason, without any call', async () => {
  const stage = await openRefreshStage();
  await stage.succeeds(refreshing);
  const plan = await planOf(stage);
  await chmod(plan, 0o666);
  stage.later(untilRenewal);
  const before = stage.calls();
  expect(await stage.failsToGet()).toMatch(/plan \S+ has mode 0666/);
  await chmod(plan, 0o600);
  await chmod(dirname(plan), 0o777);
  expect(await stage.failsToGet()).toMatch(/folder of the plan, \S+, has mode 0777/);
  expect(stage.calls()).toEqual(before);
});

describe('the entry point of a renewing profile', () => {
  test('rejects arguments that no profile has', () => {
    const words = ['--plan', 'a', 'b'];
    const keys = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x'.repeat(40) };
    const { status, stdout, stderr } = spawnSync(actionNode, [credentialProcessFile, ...words], {
      env: keys,
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/called by AWS tools, with --environment or with --plan/);
  });
});

describe.runIf(posix)('a temporary folder', () => {
  test.each(['a #1\tb', `it's "a" $HOME \`b\` ;ü %20\n`])('may be named %j', async (name) => {
    const folder = await temporaryFolder('strange');
    const temp = join(folder, name);
    await mkdir(temp);
    const stage = await openRefreshStage({ job: { temp } });
    await stage.succeeds(refreshing);
    expect(wordsOf(await stage.command())).toHaveLength(4);
    await stage.gets();
    await stage.finish();
    expect(await stage.folder()).toBeUndefined();
  });
});

test.runIf(posix)('a path of the action that an AWS file cannot contain fails the step before any call', async () => {
  const folder = await temporaryFolder('action #1');
  await symlink(join(root, 'dist'), join(folder, 'dist'));
  const stage = await openRefreshStage();
  const env = { 'INPUT_ROLE-CHAIN': refreshing['role-chain'], INPUT_REFRESH: 'true', 'INPUT_AWS-REGION': 'eu-west-1' };
  const step = await stage.job.run({ command: actionNode, args: [join(folder, 'dist/main/index.js')] }, { env });
  expect(step.exitCode).toBe(1);
  expect(step.log).toMatch(/cannot be in an AWS file[\s\S]*without these characters/);
  expect(stage.emulator.requests).toEqual([]);
});

test('certificate authorities that only main was configured with are in the plan', async () => {
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
