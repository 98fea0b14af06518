import { describe, expect, it } from 'vitest';
import { startFixtureJob } from '../support/fixture-job.js';

const exported = "appendFileSync(env.GITHUB_ENV, env.INPUT_NAME + '=' + env.INPUT_VALUE + '\\n');";
const inputs = '  name: {}\n  value: {}';

describe('steps in the background', () => {
  it('change the environment at the wait, not before, and have the environment of the time they were queued', async () => {
    const job = await startFixtureJob({ main: `${exported} say('sees ' + env.LATER)`, inputs });
    const step = job.background({ with: { name: 'KEY', value: 'new' } });
    await step.result;
    expect((await job.run('echo "LATER=yes" >> $GITHUB_ENV; echo "key=$KEY"')).stdout).toBe('key=\n');
    const [result] = await job.wait(step);
    expect(result?.stdout).toBe('sees undefined\n');
    expect((await job.run('echo "key=$KEY"')).stdout).toBe('key=new\n');
    await job.wait();
    expect((await job.run('echo KEY=mine >> $GITHUB_ENV')).conclusion).toBe('success');
    await job.wait(step);
    expect(job.environment.KEY).toBe('mine');
  });

  it("of one parallel group do not see each other's changes, and the last in the list wins", async () => {
    const job = await startFixtureJob({
      main: `setTimeout(() => { ${exported} }, env.INPUT_VALUE === 'a' ? 200 : 0)`,
      inputs,
    });
    await job.parallel([
      { with: { name: 'KEY', value: 'a' } },
      { with: { name: 'KEY', value: 'b' } },
      { run: 'sleep 0.1; echo "saw=$KEY"; echo "Key=c" >> $GITHUB_ENV; echo "KEY=d" >> $GITHUB_ENV' },
    ]);
    expect(job.environment).toMatchObject({ KEY: 'b', Key: 'd' });
  });

  it('run ten at a time', async () => {
    const job = await startFixtureJob({});
    const started = performance.now();
    const steps = Array.from({ length: 11 }, () => ({ run: 'sleep 0.3' }));
    await job.parallel(steps);
    expect(performance.now() - started).toBeGreaterThan(600);
  });

  it('fail the job at the wait, and their posts run after everything, in reverse order', async () => {
    const main =
      "appendFileSync(env.GITHUB_STATE, 'n=' + env.INPUT_NAME + '\\n'); process.exit(env.INPUT_NAME === 'two' ? 1 : 0)";
    const job = await startFixtureJob({ main, post: "say('post ' + env.STATE_n)", inputs });
    job.background({ with: { name: 'one' } });
    const two = job.background({ with: { name: 'two' } });
    await two.result;
    expect(job.failed).toBe(false);
    const posts = await job.finish();
    expect(job.failed).toBe(true);
    expect(posts.map(({ stdout }) => stdout)).toEqual(['post two\n', 'post one\n']);
  });
});
