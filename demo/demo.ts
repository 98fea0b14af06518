import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Emulator } from '../emulator/server/emulator.js';
import { startEmulator } from '../emulator/server/start-emulator.js';
import { exampleWorld } from '../emulator/world/load-world.js';
import { type Job, startJob } from '../runner/job.js';
import type { StepResult } from '../runner/step-result.js';
import { root } from '../scripts/root.js';
import { renderSummary } from './render-summary.js';
import { type Scene, scenes } from './scenes.js';

const width = 100;

/** The number of log lines that a scene shows. */
const shownLines = 30;

// The reader of a pipe, such as `head`, may close it early.
process.stdout.on('error', () => process.exit());

function readScene(): string | undefined {
  try {
    return parseArgs({ options: { scene: { type: 'string' } } }).values.scene;
  } catch {
    return '';
  }
}

/** Runs each scene as a separate job, against an emulator of AWS on loopback that ends with the demo. */
async function demo(only: string | undefined): Promise<number> {
  const numbered = scenes.map((scene, index) => ({ scene, number: index + 1 }));
  const played = numbered.filter(({ number }) => only === undefined || String(number) === only);
  if (played.length === 0) {
    say(`usage: npm run demo, or npm run demo -- --scene N, with N from 1 to ${scenes.length}`);
    return 2;
  }
  const emulator = await startEmulator({ world: await exampleWorld() });
  try {
    say(
      'assume-role walks a chain of AWS roles in one step of a workflow and leaves only the last session behind.',
      'This demo runs the built dist/ as a GitHub runner does, against an emulator of AWS. Nothing leaves this machine.',
      hasAwsCli() ? '' : 'The AWS CLI is not installed: the scenes run without the later step that uses it.',
    );
    const surprises: string[] = [];
    for (const { scene, number } of played) {
      const ended = await play(scene, { number, emulator, isWhole: only !== undefined });
      if (ended !== scene.ends) {
        surprises.push(`Scene ${number} ended with ${ended} instead of ${scene.ends}.`);
      }
    }
    say(
      '',
      `Scenes that ended as they should: ${played.length - surprises.length} of ${played.length}.`,
      ...surprises,
      'Next: README.md has the first workflow, docs/setup.md the trust policies; npm run emulator emulates your own roles.',
    );
    return surprises.length === 0 ? 0 : 1;
  } finally {
    await emulator.close();
  }
}

interface Staging {
  readonly number: number;
  readonly emulator: Emulator;
  /** Whether all lines are shown. */
  readonly isWhole: boolean;
}

async function play(scene: Scene, { number, emulator, isWhole }: Staging): Promise<string> {
  const { AWS_ENDPOINT_URL_STS = emulator.url, ...idToken } = emulator.environment;
  const job = await startJob({
    action: root,
    environment: { AWS_ENDPOINT_URL_STS, ...(scene.hasIdToken ? idToken : {}) },
  });
  try {
    heading(`${number}. ${scene.title}`, scene.notice);
    say('- uses: org/assume-role@v1', '  with:', ...yaml(scene.inputs), '');
    const before = emulator.requests.length;
    const step = await job.step({ with: scene.inputs });
    const lines = step.log.trimEnd().split('\n');
    say(...(isWhole ? lines : lines.slice(0, shownLines)));
    if (!isWhole && lines.length > shownLines) {
      say(`… ${lines.length - shownLines} more lines: npm run demo -- --scene ${number}`);
    }
    const calls = emulator.requests.slice(before).map(({ operation }) => operation);
    say('', `Calls     ${calls.join(', ') || 'none'}`);
    say(`Exported  ${Object.keys(step.environmentChanges).join(', ') || 'nothing'}`);
    showProfiles(job);
    if (step.conclusion === 'success' && step.summary !== '' && !('dry-run' in scene.inputs)) {
      say('', boxed('Job summary', renderSummary(step.summary)));
    }
    await runLater(scene, job, emulator);
    showPosts(await job.finish(), job);
    return step.conclusion;
  } finally {
    await job.close();
  }
}

/** Prints the names of the profiles that the step wrote; no secret is printed. */
function showProfiles(job: Job): void {
  try {
    const config = readFileSync(join(job.folders.home, '.aws', 'config'), 'utf8').trim();
    const names = [...config.matchAll(/^\[(?:profile )?(.+)\]$/gm)].map(([, name]) => name);
    const renews = config.includes('credential_process') ? ', which renews its session' : '';
    say(`Profiles  ${names.join(', ')} in ~/.aws${renews}`);
  } catch {
    say('Profiles  none');
  }
}

async function runLater({ later }: Scene, job: Job, emulator: Emulator): Promise<void> {
  if (later === undefined || !hasAwsCli()) {
    return;
  }
  // Older versions of the AWS CLI read the endpoint only from an option.
  const { log } = await job.run(`${later} --endpoint-url ${emulator.url}`, { env: { PATH: process.env.PATH ?? '' } });
  say('', `A later step: $ ${later}`, indented(log.trim(), '              '));
}

function showPosts(posts: readonly StepResult[], { folders }: Job): void {
  for (const { log } of posts) {
    const text = log.trimEnd().replaceAll(folders.home, '~').replaceAll(folders.temp, '$RUNNER_TEMP');
    say('', 'At the end of the job:', indented(text, '  '));
  }
}

let awsCli: boolean | undefined;

function hasAwsCli(): boolean {
  awsCli ??= runs('aws');
  return awsCli;
}

function runs(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function yaml(inputs: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(inputs).flatMap(([name, value]) =>
    value.includes('\n')
      ? [`    ${name}: |`, indented(value.trimEnd(), '      ')]
      : [`    ${name}: ${name.includes('secret') ? '$' + '{{ secrets.AWS_SECRET_ACCESS_KEY }}' : value}`],
  );
}

function heading(title: string, text: string): void {
  say('', '━'.repeat(width), title, text, '━'.repeat(width));
}

function boxed(title: string, text: string): string {
  return [
    `┌─ ${title} ${'─'.repeat(width - title.length - 5)}`,
    indented(text, '│ '),
    `└${'─'.repeat(width - 1)}`,
  ].join('\n');
}

function indented(text: string, by: string): string {
  return text
    .split('\n')
    .map((line) => `${by}${line}`)
    .join('\n');
}

function say(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

process.exitCode = await demo(readScene());
