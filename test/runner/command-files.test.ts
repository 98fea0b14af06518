import { describe, expect, it } from 'vitest';
import type { StepResult } from '../../runner/step-result.js';
import { startFixtureJob } from '../support/fixture-job.js';

async function stepWriting(variable: string, text: string): Promise<StepResult> {
  const job = await startFixtureJob({ main: `appendFileSync(env.${variable}, ${JSON.stringify(text)});` });
  return job.step();
}

describe('command files', () => {
  it('accept NAME=VALUE and heredocs', async () => {
    const text = 'a=1=<<2\n\nb<<END\nline 1\n\nEN D\nEND\nempty<<E\nE\nc=\nd<<X=Y\nkept\r\nX=Y';
    const step = await stepWriting('GITHUB_OUTPUT', text);
    expect(step.outputs).toEqual({ a: '1=<<2', b: 'line 1\n\nEN D', empty: '', c: '', d: 'kept\r' });
    expect(step.conclusion).toBe('success');
  });

  it.each([
    ['no separator', "Invalid format 'no separator'"],
    ['a<<', "Invalid format 'a<<'. Name must not be empty and delimiter must not be empty"],
    ['<<E\nx\nE', "Invalid format '<<E'. Name must not be empty and delimiter must not be empty"],
    ['a<<E\nx\n', "Invalid value. Matching delimiter not found 'E'"],
    ['a<<E\nx', 'Invalid value. EOF marker missing new line.'],
    ['=x', "Value cannot be null. (Parameter 'name')"],
  ])('fail the step on %j, but keep the pairs before it', async (text, message) => {
    const step = await stepWriting('GITHUB_ENV', `first=1\n${text}`);
    expect(step.conclusion).toBe('failure');
    expect(step.warnings).toEqual(["Unable to process file command 'env' successfully.", message]);
    expect(step.environmentChanges).toEqual({ first: '1' });
  });

  it.skipIf(process.platform === 'win32')('change the environment and PATH of later steps only', async () => {
    const main = `say('sees ' + env.KEY + ' ' + env.PATH.split(':')[0]);
      appendFileSync(env.GITHUB_ENV, 'KEY<<E\\nnew\\nvalue\\nE\\n');
      appendFileSync(env.GITHUB_PATH, '/one\\n/two\\n/one\\n');`;
    const job = await startFixtureJob({ main }, { environment: { KEY: 'old', PATH: '/usr/bin:/bin' } });
    const first = await job.step();
    expect(first.stdout).toBe('sees old /usr/bin\n');
    expect(first.environmentChanges).toEqual({ KEY: 'new\nvalue' });
    expect(first.pathChanges).toEqual(['/one', '/two', '/one']);
    expect(job.environment).toMatchObject({ KEY: 'new\nvalue', PATH: '/one:/two:/usr/bin:/bin' });
    const second = await job.run('echo "$KEY"; echo KEY=third >> "$GITHUB_ENV"');
    expect(second.stdout).toBe('new\nvalue\n');
    expect(job.environment.KEY).toBe('third');
    expect((await job.step({ env: { KEY: 'step' } })).stdout).toContain('sees step /one');
  });

  it('never set NODE_OPTIONS nor a GitHub variable', async () => {
    const main = "appendFileSync(env.GITHUB_ENV, 'node_options=--x\\nGITHUB_SHA=fake\\nOK=1\\n')";
    const job = await startFixtureJob({ main }, { github: { sha: 'abc' } });
    const step = await job.step();
    expect(step.conclusion).toBe('success');
    expect(step.warnings.join()).toContain("Can't store NODE_OPTIONS");
    expect(job.environment).toMatchObject({ OK: '1', GITHUB_SHA: 'abc' });
    expect(job.environment).not.toHaveProperty('node_options');
  });

  it('do not change the token service of the runner', async () => {
    const main = "appendFileSync(env.GITHUB_ENV, 'ACTIONS_ID_TOKEN_REQUEST_URL=http://evil\\n')";
    const job = await startFixtureJob({ main }, { environment: { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://good' } });
    await job.step();
    expect((await job.run('echo $ACTIONS_ID_TOKEN_REQUEST_URL')).stdout).toBe('http://good\n');
  });

  it('contain a summary, masked line by line', async () => {
    const main = `say('::add-mask::s3cr3t%0Asecond part');
      appendFileSync(env.GITHUB_STEP_SUMMARY, '# Chain\\n| s3cr3t |\\nsecond part\\n');`;
    const step = await (await startFixtureJob({ main })).step();
    expect(step.summary).toBe('# Chain\n| *** |\n***\n');
    expect(step.rawSummary).toContain('s3cr3t');
  });

  it('drop a summary over 1024 KiB with an error', async () => {
    const main = "writeFileSync(env.GITHUB_STEP_SUMMARY, 'x'.repeat(1024 * 1024 + 1))";
    const step = await (await startFixtureJob({ main })).step();
    expect(step.summary).toBe('');
    expect(step.warnings.join()).toContain('1024k');
    const whole = "writeFileSync(env.GITHUB_STEP_SUMMARY, 'x'.repeat(1024 * 1024))";
    expect((await (await startFixtureJob({ main: whole })).step()).summary).toHaveLength(1024 * 1024);
  });

  it('show what they set in debug mode', async () => {
    const main = "say('::add-mask::hidden-value'); appendFileSync(env.GITHUB_ENV, 'KEY=hidden-value\\n')";
    const step = await (await startFixtureJob({ main }, { debug: true })).step();
    expect(step.log).toContain("##[debug]KEY='***'");
  });
});
