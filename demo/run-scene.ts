import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../emulator/server/emulator.js';
import { type Job, startJob } from '../runner/job.js';
import type { StepResult } from '../runner/step-result.js';
import { root } from '../scripts/root.js';
import { hasAwsCli } from './aws-cli.js';
import { renderSummary } from './render-summary.js';
import type { Scene } from './scenes.js';
import { boxed, heading, indented, say } from './terminal.js';

/** The number of log lines that a scene shows, unless it shows all. */
const shownLines = 30;

/** The number of a scene, its emulator, and how much of its log is shown. */
interface SceneOptions {
  readonly number: number;
  readonly emulator: Emulator;
  /** Whether all lines are shown. */
  readonly isWhole: boolean;
}

/** Runs a scene as a job of its own and prints what a user would see. Returns the conclusion of the step. */
export async function runScene(scene: Scene, { number, emulator, isWhole }: SceneOptions): Promise<string> {
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

function yaml(inputs: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(inputs).flatMap(([name, value]) =>
    value.includes('\n')
      ? [`    ${name}: |`, indented(value.trimEnd(), '      ')]
      : [`    ${name}: ${name.includes('secret') ? '$' + '{{ secrets.AWS_SECRET_ACCESS_KEY }}' : value}`],
  );
}
