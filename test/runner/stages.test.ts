import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startFixtureJob } from '../support/fixture-job.js';

describe('main and post', () => {
  const remember = "appendFileSync(env.GITHUB_STATE, 'who=' + env.INPUT_NAME + '\\n');";

  it('run post in reverse order, each with its own state and inputs', async () => {
    const post = "say(env.STATE_who + ' ' + env.INPUT_NAME + ' ' + env.GITHUB_ACTION + ' ' + env.EXTRA)";
    const job = await startFixtureJob({ main: remember, post, inputs: '  name:\n    default: none' });
    const first = await job.step({ with: { name: 'one' }, env: { EXTRA: 'x' } });
    await job.step({ id: 'second', with: { name: 'two' } });
    expect(first.state).toEqual({ who: 'one' });
    expect((await job.finish()).map(({ stdout }) => stdout)).toEqual([
      'two two second undefined\n',
      'one one __self x\n',
    ]);
    expect(await job.finish()).toEqual([]);
  });

  it('run post although main failed', async () => {
    const job = await startFixtureJob({ main: `${remember} process.exit(3)`, post: "say('cleaned ' + env.STATE_who)" });
    const main = await job.step({ with: { name: 'x' } });
    expect(main).toMatchObject({ exitCode: 3, conclusion: 'failure', timedOut: false });
    expect(main.durationMs).toBeGreaterThan(0);
    expect(job.failed).toBe(true);
    expect((await job.finish())[0]).toMatchObject({ stdout: 'cleaned x\n', conclusion: 'success' });
  });

  it('let post see the changes of later steps', async () => {
    const job = await startFixtureJob({ post: "say('key ' + env.KEY)" });
    await job.step();
    await job.run('echo KEY=later >> $GITHUB_ENV');
    expect((await job.finish())[0]?.stdout).toBe('key later\n');
  });

  it('run no post for an action without one', async () => {
    const job = await startFixtureJob({});
    await job.step();
    expect(await job.finish()).toEqual([]);
  });
});

describe('post-if', () => {
  async function conclusion(postIf: string, environment: Record<string, string>, fail = false): Promise<string> {
    const job = await startFixtureJob(
      { main: fail ? 'process.exit(1)' : '', post: "say('post')", postIf },
      { environment },
    );
    await job.step();
    const [post] = await job.finish();
    return `${post?.conclusion} ${post?.log.trim()}`.trim();
  }

  const skip = "env.AWS_SKIP_CLEANUP_STEP != 'true'";

  it.each([
    ['always()', {}, true, 'success post'],
    ['success()', {}, true, 'skipped'],
    ['success()', {}, false, 'success post'],
    ['failure()', {}, false, 'skipped'],
    ['!failure()', {}, false, 'success post'],
    [skip, {}, false, 'success post'],
    [skip, { AWS_SKIP_CLEANUP_STEP: 'True' }, false, 'skipped'],
    [skip, { AWS_SKIP_CLEANUP_STEP: 'false' }, true, 'success post'],
    ["env.A == 'x && y' || failure() && always()", { A: 'x && y' }, false, 'success post'],
    ["env.A == 'x' || failure() && always()", {}, false, 'skipped'],
    ["env.A == ''", {}, false, 'success post'],
  ])('%s with %j, failed %s: %s', async (postIf, environment, fail, expected) => {
    expect(await conclusion(postIf, environment, fail)).toBe(expected);
  });

  it.each(['cancelled()', 'env.A', "(env.A == 'x')", "github.ref == 'x'", '', '!env.A'])(
    'throws on %j',
    async (postIf) => {
      await expect(conclusion(postIf, {})).rejects.toThrow('is not supported');
    },
  );
});

describe('run steps', () => {
  it('run a script until its first error in the environment of the job', async () => {
    const environment = { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:1' };
    const job = await startFixtureJob({}, { environment });
    const step = await job.run(
      'node -p "process.cwd()"; echo "$ACTIONS_ID_TOKEN_REQUEST_URL $GITHUB_ACTION"; echo no >&2; false; echo never',
    );
    expect(step).toMatchObject({ exitCode: 1, conclusion: 'failure', stderr: 'no\n' });
    expect(step.stdout).toBe(`${job.folders.workspace}\nhttp://127.0.0.1:1 __run\n`);
  });

  it('run a command with its arguments unchanged', async () => {
    const job = await startFixtureJob({});
    const step = await job.run({ command: 'printf', args: ['%s|', 'a b', '$HOME'] }, { env: { X: '1' } });
    expect(step.stdout).toBe('a b|$HOME|');
    await expect(job.run({ command: 'no-such-command' })).rejects.toThrow('ENOENT');
  });
});

describe('the process of a step', () => {
  it('is killed with its children at the timeout', async () => {
    const beat = "setInterval(() => require('node:fs').appendFileSync('beats', '.'), 50)";
    const main = `const { spawn } = require('node:child_process');
      spawn(process.execPath, ['-e', ${JSON.stringify(beat)}], { stdio: 'inherit' });
      say('::add-mask::kept-mask'); setInterval(() => {}, 1000);`;
    const job = await startFixtureJob({ main, post: "say('post')" });
    const step = await job.step({ timeoutMs: 1_500 });
    expect(step).toMatchObject({ timedOut: true, conclusion: 'failure', exitCode: 137, masks: ['kept-mask'] });
    expect(step.log).toContain('timed out after 1500 ms');
    const beats = (): Promise<string> => readFile(join(job.folders.workspace, 'beats'), 'utf8');
    const before = await beats();
    await setTimeout(300);
    expect(before).not.toBe('');
    expect(await beats()).toBe(before);
    expect((await job.finish())[0]?.stdout).toBe('post\n');
  });

  it('does not wait for a detached child that keeps its pipes open', async () => {
    const main = `const { spawn } = require('node:child_process');
      spawn(process.execPath, ['-e', 'setTimeout(() => {}, 8000)'], { stdio: 'inherit', detached: true }).unref(); say('done');`;
    const step = await (await startFixtureJob({ main })).step();
    expect(step).toMatchObject({ exitCode: 0, timedOut: false, stdout: 'done\n' });
    expect(step.durationMs).toBeLessThan(6_000);
  });

  it('keeps characters together that are split between chunks', async () => {
    const main =
      "const b = Buffer.from('zürich'); process.stdout.write(b.subarray(0, 2)); setTimeout(() => process.stdout.write(b.subarray(2)), 50);";
    expect((await (await startFixtureJob({ main })).step()).log).toBe('zürich\n');
  });
});
