import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Job, startJob } from '../../runner/job.js';
import type { JobOptions } from '../../runner/job-state.js';
import { temporaryFolder } from './folders.js';

/** A JavaScript action for one test: CommonJS sources and the relevant parts of its action.yml. */
interface FixtureAction {
  readonly main?: string;
  readonly post?: string;
  readonly postIf?: string;
  /** The lines under `inputs:`. */
  readonly inputs?: string;
}

const prelude = `const { appendFileSync, writeFileSync } = require('node:fs');
const env = process.env;
const say = (text) => process.stdout.write(text + '\\n');
`;

/** Starts a job with a fixture action; its folders are deleted after the test. */
export async function startFixtureJob(action: FixtureAction, options: Omit<JobOptions, 'action'> = {}): Promise<Job> {
  const folder = await temporaryFolder();
  await writeAction(folder, action);
  const job = await startJob({ ...options, action: folder });
  onTestFinished(job.close);
  return job;
}

async function writeAction(folder: string, action: FixtureAction): Promise<void> {
  await mkdir(join(folder, 'dist'));
  const lines = ['name: fixture', ...(action.inputs === undefined ? [] : [`inputs:\n${action.inputs}`])];
  lines.push('runs:', '  using: node24', '  main: dist/main.cjs');
  if (action.post !== undefined) {
    lines.push('  post: dist/post.cjs');
  }
  if (action.postIf !== undefined) {
    lines.push(`  post-if: ${JSON.stringify(action.postIf)}`);
  }
  await writeFile(join(folder, 'action.yml'), `${lines.join('\n')}\n`);
  await writeFile(join(folder, 'dist/main.cjs'), prelude + (action.main ?? ''));
  await writeFile(join(folder, 'dist/post.cjs'), prelude + (action.post ?? ''));
}
