import { join } from 'node:path';
import { type Emulator, startEmulator } from '../emulator/server/start-emulator.js';
import { exampleWorld } from '../emulator/world/load-world.js';
import { startJob } from '../runner/job.js';
import { type Scenario, scenarios } from './scenarios.js';

const root = join(import.meta.dirname, '..');

/** Runs each scenario as a job of its own, against an AWS that stands on loopback for as long as the demo runs. */
async function demo(): Promise<number> {
  const emulator = await startEmulator({ world: await exampleWorld() });
  try {
    const surprises: string[] = [];
    for (const scenario of scenarios) {
      const ended = await play(scenario, emulator);
      if (ended !== scenario.ends) {
        surprises.push(`${scenario.title}: ${ended} instead of ${scenario.ends}`);
      }
    }
    say(
      '',
      `${scenarios.length - surprises.length} of ${scenarios.length} scenarios ended as they should.`,
      ...surprises,
    );
    return surprises.length === 0 ? 0 : 1;
  } finally {
    await emulator.close();
  }
}

async function play({ title, told, inputs, hasIdToken, environment }: Scenario, emulator: Emulator): Promise<string> {
  const { AWS_ENDPOINT_URL_STS = emulator.url, ...idToken } = emulator.environment;
  const job = await startJob({
    action: root,
    environment: { AWS_ENDPOINT_URL_STS, ...(hasIdToken ? idToken : {}), ...environment },
  });
  try {
    say(
      '',
      '━'.repeat(100),
      title,
      '━'.repeat(100),
      told,
      '',
      '- uses: org/assume-role@v1',
      '  with:',
      ...yaml(inputs),
      '',
    );
    const before = emulator.requests.length;
    const step = await job.step({ with: inputs });
    say(step.log.trimEnd());
    const calls = emulator.requests.slice(before).map(({ operation }) => operation);
    say('', `  calls: ${calls.join(', ') || 'none'}`);
    say(`  exported: ${Object.keys(step.environmentChanges).join(', ') || 'nothing'}`);
    say(`  outputs: ${Object.keys(step.outputs).join(', ') || 'none'}`);
    if (step.summary !== '') {
      say('', '  job summary:', indented(step.summary.trimEnd(), '  │ '));
    }
    for (const post of await job.finish()) {
      say('', '  post:', indented(post.log.trimEnd(), '  │ '));
    }
    return step.conclusion;
  } finally {
    await job.close();
  }
}

function yaml(inputs: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(inputs).flatMap(([name, value]) =>
    value.includes('\n')
      ? [`    ${name}: |`, indented(value.trimEnd(), '      ')]
      : [`    ${name}: ${name.includes('secret') ? `$\{{ secrets.AWS_SECRET_ACCESS_KEY }}` : value}`],
  );
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

process.exitCode = await demo();
