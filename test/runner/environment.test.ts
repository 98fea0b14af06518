import { delimiter, dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startJob } from '../../runner/job.js';
import { startFixtureJob } from '../support/fixture-job.js';
import { temporaryFolder } from '../support/folders.js';

const printEnvironment = 'say(JSON.stringify({ ...env, cwd: process.cwd() }));';

describe('the environment of an action', () => {
  afterEach(() => {
    delete process.env.STRAY_VARIABLE;
  });

  async function printed(...args: Parameters<typeof startFixtureJob>): Promise<Record<string, string>> {
    const job = await startFixtureJob({ main: printEnvironment, ...args[0] }, args[1]);
    return JSON.parse((await job.step()).stdout);
  }

  it('has nothing from the calling process', async () => {
    process.env.STRAY_VARIABLE = 'stray';
    const seen = await printed({});
    expect(seen).not.toHaveProperty('STRAY_VARIABLE');
    expect(
      Object.keys(seen)
        .filter((name) => !/^(GITHUB|RUNNER)_/.test(name))
        .sort(),
    ).toEqual(expect.arrayContaining(['CI', 'HOME', 'PATH']));
    expect(seen).not.toHaveProperty('VITEST');
    const own = process.platform === 'win32' ? process.env.PATH : '/usr/local/bin:/usr/bin:/bin';
    expect(seen.PATH).toBe([dirname(process.execPath), own].join(delimiter));
    expect(seen.HOME).not.toBe(process.env.HOME);
  });

  it("has the job's environment and the variables of GitHub and the runner", async () => {
    const seen = await printed(
      {},
      {
        environment: { AWS_REGION: 'eu-west-1', ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:1/token' },
        github: { repository: 'acme/shop', ref: 'refs/tags/v2', workflow: 'Ship It', actor: 'mona' },
      },
    );
    expect(seen).toMatchObject({
      AWS_REGION: 'eu-west-1',
      ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:1/token',
      CI: 'true',
      GITHUB_ACTION: '__self',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTOR: 'mona',
      GITHUB_BASE_REF: '',
      GITHUB_REF_NAME: 'v2',
      GITHUB_REF_TYPE: 'tag',
      GITHUB_REPOSITORY_OWNER: 'acme',
      GITHUB_TRIGGERING_ACTOR: 'mona',
      GITHUB_WORKFLOW: 'Ship It',
      GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/ship-it.yml@refs/tags/v2',
      RUNNER_ENVIRONMENT: 'github-hosted',
    });
    expect(seen.GITHUB_WORKSPACE).toBe(seen.cwd);
    expect(seen).not.toHaveProperty('RUNNER_DEBUG');
  });

  it('shows that debug logging is on', async () => {
    const job = await startFixtureJob({ main: 'say("debug=" + env.RUNNER_DEBUG)' }, { debug: true });
    expect((await job.step()).log).toContain('debug=1');
  });

  it('has new command files for every stage, which are deleted afterwards', async () => {
    const files = 'say(env.GITHUB_ENV + " " + env.GITHUB_STATE)';
    const job = await startFixtureJob({ main: files, post: files });
    const main = await job.step();
    const [post] = await job.finish();
    expect(main.stdout).toContain(join(job.folders.temp, '_runner_file_commands', 'set_env_'));
    expect(post?.stdout).toMatch(/save_state_/);
    expect(post?.stdout).not.toBe(main.stdout);
    expect(await job.run('ls $RUNNER_TEMP/_runner_file_commands | grep -c set_env_')).toMatchObject({ stdout: '1\n' });
  });
});

describe('the inputs of an action', () => {
  const inputs = `  role-to-assume:
    required: true
  with blank:
    default: 012
  empty:
    description: nothing
  old:
    deprecationMessage: use new`;
  const main = "for (const name of Object.keys(env)) if (name.startsWith('INPUT_')) say(name + '=' + env[name]);";

  it('are all set, given or default, upper case with hyphens kept', async () => {
    const job = await startFixtureJob({ main, inputs });
    const step = await job.step({ with: { 'Role-To-Assume': 'arn' } });
    expect(step.stdout.trim().split('\n').sort()).toEqual([
      'INPUT_EMPTY=',
      'INPUT_OLD=',
      'INPUT_ROLE-TO-ASSUME=arn',
      'INPUT_WITH_BLANK=012',
    ]);
    expect(step.warnings).toEqual([]);
  });

  it('are passed on with a warning when unknown or deprecated', async () => {
    const job = await startFixtureJob({ main, inputs });
    const step = await job.step({ with: { typo: 'x', old: 'y' } });
    expect(step.stdout).toContain('INPUT_TYPO=x');
    expect(step.conclusion).toBe('success');
    expect(step.warnings).toEqual([
      "Input 'old' has been deprecated with message: use new",
      "Unexpected input(s) 'typo', valid inputs are ['role-to-assume', 'with blank', 'empty', 'old']",
    ]);
    expect(step.annotations.map(({ level }) => level)).toEqual(['warning', 'warning']);
  });
});

describe('the folders of a job', () => {
  it('are deleted on close, except given ones', async () => {
    const home = await temporaryFolder();
    const job = await startFixtureJob({ main: "writeFileSync(env.HOME + '/kept', '')" }, { home });
    await job.step();
    await job.close();
    await expect(job.findSecrets(job.folders.temp)).rejects.toThrow('ENOENT');
    await expect(job.findSecrets(home)).resolves.toEqual([]);
  });

  it('need an action', async () => {
    await expect(startJob({})).rejects.toThrow('needs action or actionFile');
  });
});
