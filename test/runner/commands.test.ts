import { describe, expect, it } from 'vitest';
import type { StepResult } from '../../runner/step-result.js';
import { startFixtureJob } from '../support/fixture-job.js';

async function stepSaying(lines: readonly string[], debug = false): Promise<StepResult> {
  const job = await startFixtureJob({ main: `for (const line of ${JSON.stringify(lines)}) say(line);` }, { debug });
  return job.step();
}

describe('workflow commands', () => {
  it('become annotations with unescaped properties and data', async () => {
    const step = await stepSaying([
      '  ::error title=Denied%3A a%2Cb,file=x.ts::hop 1%0Aarn::aws::iam 100%25',
      '::warning::careful',
      '::notice::fyi %250A',
    ]);
    expect(step.annotations).toMatchObject([
      { level: 'error', title: 'Denied: a,b', message: 'hop 1\narn::aws::iam 100%', properties: { file: 'x.ts' } },
      { level: 'warning', message: 'careful' },
      { level: 'notice', message: 'fyi %0A' },
    ]);
    expect(step.log).toBe('##[error]hop 1\narn::aws::iam 100%\n##[warning]careful\n##[notice]fyi %0A\n');
    expect(step.conclusion).toBe('success');
  });

  it('are read on standard error and in the bracket notation too', async () => {
    const job = await startFixtureJob({ main: "process.stderr.write('text ##[error]from stderr\\n::error::again')" });
    const step = await job.step();
    expect(step.annotations.map(({ message }) => message)).toEqual(['from stderr', 'again']);
    expect(step.rawLines).toEqual([
      { stream: 'stderr', line: 'text ##[error]from stderr' },
      { stream: 'stderr', line: '::error::again' },
    ]);
  });

  it('are ordinary output when the name is unknown or text comes before them', async () => {
    const step = await stepSaying(['::unknown::x', 'text ::error::x', '::error']);
    expect(step.log).toBe('::unknown::x\ntext ::error::x\n::error\n');
    expect(step.annotations).toEqual([]);
  });

  it('show groups, and debug lines only in debug mode', async () => {
    const lines = ['::group::Walk', '::debug::a%0Ab', '::endgroup::'];
    expect((await stepSaying(lines)).log).toBe('##[group]Walk\n##[endgroup]\n');
    const { log } = await stepSaying(lines, true);
    expect(log).toContain('##[debug]a\n##[debug]b\n');
  });

  it('are echoed between echo on and off, masks never with their value', async () => {
    const step = await stepSaying(['::echo::on', '::add-mask::hush-hush', '::group::G', '::echo::off', '::group::H']);
    expect(step.log).toBe('::add-mask::***\n::group::G\n##[group]G\n::echo::off\n##[group]H\n');
  });

  it('are ignored between stop-commands and its token', async () => {
    const step = await stepSaying([
      '::stop-commands::tok',
      '::error::quiet',
      '::add-mask::plain',
      '::tok::',
      '::error::x',
    ]);
    expect(step.log).toBe('::stop-commands::tok\n::error::quiet\n::add-mask::plain\n::tok::\n##[error]x\n');
    expect(step.annotations).toHaveLength(1);
    expect(step.masks).toEqual([]);
  });

  it('hide a long stop token, so that nothing can print it later', async () => {
    const step = await stepSaying(['::stop-commands::token-77', 'token-77', '::token-77::']);
    expect(step.log).toBe('::stop-commands::***\n***\n::***::\n');
  });

  it('set outputs and state with a deprecation warning', async () => {
    const step = await stepSaying(['::set-output name=arn::a::b', '::save-state name=was::1']);
    expect(step.outputs).toEqual({ arn: 'a::b' });
    expect(step.state).toEqual({ was: '1' });
    expect(step.warnings).toHaveLength(2);
    expect(step.conclusion).toBe('success');
  });

  it.each([
    '::set-env name=A::1',
    '::add-path::/x',
    '::echo::maybe',
    '::set-output::no name',
    '::stop-commands::error',
  ])('fail the step when rejected: %s', async (line) => {
    const step = await stepSaying([line]);
    expect(step.exitCode).toBe(0);
    expect(step.conclusion).toBe('failure');
    expect(step.warnings.join()).toMatch(/Unable to process command/);
    expect(step.environmentChanges).toEqual({});
  });

  it('keep at most ten annotations of a level and 4096 characters of each', async () => {
    const step = await stepSaying([...Array.from({ length: 12 }, () => `::error::${'x'.repeat(5000)}`), '::notice::n']);
    expect(step.annotations).toHaveLength(11);
    expect(step.annotations[0]?.message).toHaveLength(4096);
  });

  it('end with a line feed, a carriage return or both', async () => {
    const job = await startFixtureJob({ main: "process.stdout.write('::notice::a\\r\\n::notice::b\\r::notice::c')" });
    expect((await job.step()).annotations.map(({ message }) => message)).toEqual(['a', 'b', 'c']);
  });
});
