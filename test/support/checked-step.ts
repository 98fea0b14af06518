import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Emulator } from '../../emulator/server/emulator.js';
import type { Job } from '../../runner/job.js';
import type { StepOptions } from '../../runner/job-state.js';
import type { StepResult } from '../../runner/step-result.js';
import type { SentSecrets } from './sent-secrets.js';

/** Runs one step and checks the rules that apply to every step. */
export async function checkedStep(job: Job, sent: SentSecrets, options: StepOptions): Promise<StepResult> {
  const before = await filesOf(job);
  const old = new Set(sent.secrets);
  const step = await job.step(options);
  const fresh = [...sent.secrets].filter((secret) => !old.has(secret));
  job.addSecrets(...fresh);
  expectNoLeak(step, job);
  expect(step.masks, 'every secret that came over the wire is masked').toEqual(expect.arrayContaining(fresh));
  expect(step.warnings, 'the runner has nothing to say').toEqual([]);
  if (step.conclusion === 'failure') {
    expect(await filesOf(job), 'a failed step changes no file').toEqual(before);
    expectNothingLeft(step);
  }
  return step;
}

function expectNoLeak(step: StepResult, job: Job): void {
  const exposed = step.rawLines.map(({ line }) => line).filter((line) => !line.startsWith('::add-mask::'));
  const leaks = exposed.filter((line) => [...job.secrets].some((secret) => line.includes(secret)));
  expect([...leaks, ...step.leaks.map(({ line }) => line)], 'lines that show a secret').toEqual([]);
  expect(step.rawSummary, 'the job summary shows no secret').not.toContain([...job.secrets].find(inside(step)) ?? '\0');
  expect(step.raw, 'no stack trace, no value that lost its words').not.toMatch(
    /^\s+at .+[:(]|\[object |\bundefined\b|\bNaN\b/m,
  );
}

const inside = (step: StepResult) => (secret: string) => step.rawSummary.includes(secret);

function expectNothingLeft(step: StepResult): void {
  const errors = step.annotations.filter(({ level }) => level === 'error');
  const { exitCode, timedOut, environmentChanges, pathChanges, outputs } = step;
  expect({ exitCode, timedOut, environmentChanges, pathChanges, outputs }, step.log).toEqual({
    exitCode: 1,
    timedOut: false,
    environmentChanges: {},
    pathChanges: [],
    outputs: {},
  });
  expect(errors, step.log).toEqual([expect.objectContaining({ title: expect.stringMatching(/\S/) })]);
}

/** Checks the conclusion of a step; on a mismatch the failure shows its log. */
export function ended(step: StepResult, conclusion: StepResult['conclusion']): StepResult {
  expect(step.conclusion, step.log).toBe(conclusion);
  return step;
}

/** Checks that a failed step made no request, and that its log contains each text. */
export function refusal(step: StepResult, texts: readonly (string | RegExp)[], { requests }: Emulator): StepResult {
  expect(requests, 'nothing was asked').toEqual([]);
  for (const text of texts) {
    if (typeof text === 'string') {
      expect(step.log).toContain(text);
    } else {
      expect(step.log).toMatch(text);
    }
  }
  return step;
}

/** Runs the posts, which must neither fail nor warn. */
export async function checkedPosts(job: Job): Promise<StepResult[]> {
  const posts = await job.finish();
  for (const post of posts) {
    expectNoLeak(post, job);
    expect(post.exitCode, post.log).toBe(0);
    expect(post.annotations).toEqual([]);
  }
  return posts;
}

/** Every file under home and temp with its bytes, except the runner's own files. */
async function filesOf({ folders }: Job): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const folder of [folders.home, folders.temp]) {
    for (const name of await readdir(folder, { recursive: true })) {
      const path = join(folder, name);
      if (path.includes('_runner_file_commands')) {
        continue;
      }
      found[path] = (await lstat(path)).isFile() ? await readFile(path, 'latin1') : '(no file)';
    }
  }
  return found;
}
