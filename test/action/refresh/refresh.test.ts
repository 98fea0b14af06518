import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { profileText, writeAwsFiles } from '../../support/base-files.js';
import { wordsOf } from '../../support/credential-process.js';
import { deploy, hub, keys, keyVariables, production } from '../../support/example-world.js';
import { openRefreshStage, refreshing, untilRenewal } from '../../support/refresh-stage.js';
import { session } from '../../support/stage.js';

const walk = [`AssumeRoleWithWebIdentity ${hub}`, `AssumeRole ${deploy}`];

describe('a renewing profile', () => {
  test('returns the session of the step without any call', async () => {
    const stage = await openRefreshStage();
    const step = await stage.succeeds(refreshing);
    const got = await stage.gets();
    expect(got).toEqual({
      Version: 1,
      AccessKeyId: expect.stringMatching(/^ASIA/),
      SecretAccessKey: expect.any(String),
      SessionToken: expect.any(String),
      Expiration: step.outputs['aws-expiration'],
    });
    expect(got.Expiration).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(await stage.whose(got)).toBe(session(deploy));
    expect(stage.calls()).toEqual([...walk, 'GetCallerIdentity']);
  });

  test('becomes the current profile, and keys that would override it are blanked until post', async () => {
    const before = { ...keyVariables, AWS_SESSION_TOKEN: ['a', 'session'].join('-'), AWS_DEFAULT_PROFILE: 'old' };
    const stage = await openRefreshStage({ environment: before });
    const step = await stage.succeeds({ ...refreshing, 'aws-profile': 'ci' });
    expect(step.environmentChanges).toEqual({
      AWS_PROFILE: 'ci',
      AWS_DEFAULT_PROFILE: 'ci',
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
      AWS_SESSION_TOKEN: '',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
    });
    await stage.finish();
    expect(stage.job.environment).toMatchObject({ ...before, AWS_PROFILE: '' });
  });

  test('says on stderr, only with step debugging, whether it used its cache', async () => {
    const stage = await openRefreshStage();
    await stage.succeeds(refreshing);
    const environment = { ...stage.job.environment, RUNNER_DEBUG: '1' };
    const cached = await stage.call({ environment });
    expect(cached.stderr).toMatch(/^assume-role: debug: the cached session is valid until \d{4}-\S+Z\n$/);
    stage.later(50 * 60);
    const walked = await stage.call({ environment });
    expect(walked.stderr).toMatch(/debug: AssumeRole \(.*\): attempt 1 answered after \d+ ms/);
    expect(walked.stdout.split('\n')).toHaveLength(2);
  });

  test('is named assume-role by default', async () => {
    const stage = await openRefreshStage();
    await stage.succeeds(refreshing);
    expect(stage.job.environment.AWS_PROFILE).toBe('assume-role');
    expect(stage.job.environment.AWS_ACCESS_KEY_ID).toBeUndefined();
  });

  test('never returns less than 15 minutes: it walks again, with a fresh ID token', async () => {
    const stage = await openRefreshStage();
    await stage.succeeds(refreshing);
    const first = await stage.gets();
    stage.later(44 * 60);
    expect(await stage.gets()).toEqual(first);
    stage.later(2 * 60);
    const second = await stage.gets();
    expect(second.AccessKeyId).not.toBe(first.AccessKeyId);
    expect(Date.parse(second.Expiration) - stage.now()).toBeGreaterThan(59 * 60_000);
    expect(await stage.whose(second)).toBe(session(deploy));
    expect(stage.requests('GetIdToken')).toHaveLength(2);
    expect(stage.calls()).toEqual([...walk, ...walk, 'GetCallerIdentity']);
  });

  test('walks again with all hop options', async () => {
    const stage = await openRefreshStage();
    await stage.succeeds({
      refresh: 'true',
      'role-chain': `- ${hub}\n- role-to-assume: ${deploy}\n  role-session-name: nightly\n  role-duration-seconds: 20m\n  source-identity: octocat\n  custom-tags: { Team: platform }`,
    });
    stage.later(10 * 60);
    const got = await stage.gets();
    expect(await stage.whose(got)).toBe(session(deploy, 'nightly'));
    const [first, second] = stage.requests('AssumeRole').map(({ parameters }) => parameters);
    expect(second).toEqual(first);
    expect(first).toMatchObject({ DurationSeconds: '1200', SourceIdentity: 'octocat', 'Tags.member.1.Key': 'Team' });
  });

  test('keeps its files private, and post deletes them', async () => {
    const stage = await openRefreshStage();
    await stage.succeeds(refreshing);
    const folder = (await stage.folder()) ?? '';
    const modes = await Promise.all(
      [folder, ...(await readdir(folder)).map((name) => join(folder, name))].map(
        async (path) => (await lstat(path)).mode & 0o777,
      ),
    );
    if (process.platform !== 'win32') {
      expect(modes).toEqual([0o700, 0o600, 0o600]);
    }
    expect(await stage.job.findSecrets(stage.job.folders.home)).toEqual([]);
    const command = wordsOf(await stage.command());
    stage.later(untilRenewal);
    await stage.gets();
    await stage.finish();
    expect(await stage.folder()).toBeUndefined();
    expect(await readdir(stage.job.folders.home)).toEqual([]);
    expect(await stage.job.findSecrets(stage.job.folders.temp)).toEqual([]);
    const late = await stage.job.run({ command: command[0] ?? '', args: command.slice(1) });
    expect(late).toMatchObject({ exitCode: 1, stdout: '' });
    expect(late.stderr).toMatch(/plan .* is not there.*\n?.*post steps run/s);
  });

  test('leaves nothing when post runs during a renewal', async () => {
    const stage = await openRefreshStage();
    await stage.succeeds(refreshing);
    stage.later(untilRenewal);
    stage.emulator.faults.add({ operation: 'AssumeRole', fault: { kind: 'latency', ms: 1_500 } });
    const late = stage.failsToGet();
    await expect.poll(() => stage.requests('AssumeRole').length, { timeout: 20_000 }).toBe(2);
    await stage.finish();
    expect(await late).toContain('is not there');
    expect(await stage.folder()).toBeUndefined();
  });

  test('exports no keys to later steps, and copies no base keys from the home folder', async () => {
    const stage = await openRefreshStage({ idToken: false });
    const step = await stage.succeeds({ ...refreshing, ...keys });
    expect(step.outputs).not.toHaveProperty('aws-access-key-id');
    expect(await stage.job.findSecrets(stage.job.folders.home)).toEqual([]);
  });
});

describe('an existing profile', () => {
  const old = profileText('assume-role');

  test('is not overwritten', async () => {
    const stage = await openRefreshStage();
    await writeAwsFiles(stage, old);
    await stage.refuses(refreshing, 'assume-role', 'overwrite-aws-profile');
  });

  test('is overwritten with overwrite-aws-profile, and restored byte for byte', async () => {
    const stage = await openRefreshStage();
    await writeAwsFiles(stage, old, '[profile assume-role]\nregion=us-west-2 # ours\n');
    await stage.succeeds({ ...refreshing, 'overwrite-aws-profile': 'true' });
    expect(await stage.whose(await stage.gets())).toBe(session(deploy));
    await stage.finish();
    const { home } = stage.job.folders;
    const texts = await stage.job.run(`cat '${home}/.aws/credentials' '${home}/.aws/config'`);
    expect(texts.stdout).toBe(`${old}[profile assume-role]\nregion=us-west-2 # ours\n`);
  });
});

describe('several targets', () => {
  const targets = `staging: [${hub}, ${deploy}]\nprod: [${hub}, ${production}]`;

  test('each have a renewing profile, and a renewal walks only its own chain', async () => {
    const stage = await openRefreshStage();
    const step = await stage.succeeds({ targets, refresh: 'true' });
    expect(step.environmentChanges).toEqual({});
    const before = stage.calls().length;
    stage.later(untilRenewal);
    expect(await stage.whose(await stage.gets({ profile: 'staging' }))).toBe(session(deploy));
    expect(stage.calls().slice(before)).toEqual([...walk, 'GetCallerIdentity']);
    expect(await stage.whose(await stage.gets({ profile: 'prod' }))).toBe(session(production));
    expect(stage.calls().slice(before + 3)).toEqual([walk[0], `AssumeRole ${production}`, 'GetCallerIdentity']);
    await stage.finish();
    expect(await stage.folder()).toBeUndefined();
  });

  test('have a current one when aws-profile names it', async () => {
    const stage = await openRefreshStage({ environment: keyVariables });
    const step = await stage.succeeds({ targets, refresh: 'true', 'aws-profile': 'prod' });
    expect(step.environmentChanges).toMatchObject({ AWS_PROFILE: 'prod', AWS_ACCESS_KEY_ID: '' });
    expect(await stage.whose(await stage.gets())).toBe(session(production));
  });
});

describe('the step fails before any call when renewal is impossible:', () => {
  test.each([
    [
      'a SAML assertion',
      { 'saml-assertion-file': 'a', 'saml-provider-arn': 'arn:aws:iam::111111111111:saml-provider/corp' },
    ],
    ['keys as variables', { 'output-env-credentials': 'true' }],
    ['keys as outputs', { 'output-credentials': 'true' }],
    ['keys that are there already', { 'use-existing-credentials': 'true' }],
    ['a session of 15 minutes', { 'role-duration-seconds': '900' }],
    ['no role at all', { 'role-chain': '' }],
  ])('%s', async (_, inputs) => {
    const stage = await openRefreshStage();
    await stage.refuses({ ...refreshing, ...inputs }, 'refresh');
  });
});
