import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from '../root.js';

/** The numbers of passed and failed checks, and the message of each failure. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly failures?: readonly string[];
}

/** One check or group of checks. */
export interface Step {
  readonly name: string;
  readonly run: () => Promise<Tally>;
}

const stepMinutes = 30;

/** Runs every step, even after a failure, and repeats the failures at the end, where readers look first. */
export async function runSteps(steps: readonly Step[]): Promise<Tally> {
  const total = { passed: 0, failed: 0 };
  const failed: string[] = [];
  const failures: string[] = [];
  for (const { name, run } of steps) {
    console.log(`\n== ${name}`);
    const tally = await run();
    total.passed += tally.passed;
    total.failed += tally.failed;
    if (tally.failed > 0) {
      failed.push(name);
      failures.push(...(tally.failures ?? []).map((failure) => `\n-- ${name}: ${failure}`));
    }
  }
  for (const failure of failures) {
    console.log(failure);
  }
  console.log(failed.length === 0 ? '\nEverything passed.' : `\nFailed: ${failed.join(', ')}.`);
  return total;
}

/** A step that counts as one check: it passes when the function returns no message. */
export function step(name: string, check: () => Promise<string | undefined>): Step {
  return {
    name,
    async run() {
      const complaint = await check();
      if (complaint !== undefined) {
        console.log(complaint);
      }
      return complaint === undefined ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, failures: [complaint] };
    },
  };
}

/** A step that runs a JavaScript program of this repository or its packages, named by its file. */
export function program(name: string, ...args: readonly string[]): Step {
  return exitStep(name, () => run(process.execPath, args, {}));
}

/** A step that runs a script of package.json. */
export function script(name: string, words: readonly string[]): Step {
  return exitStep(name, () => npm(words));
}

function exitStep(name: string, start: () => Promise<number>): Step {
  return step(name, async () => {
    const code = await start();
    return code === 0 ? undefined : `${name} ended with exit code ${code}.`;
  });
}

/** Runs npm and returns the exit code. */
export function npm(words: readonly string[], environment: Record<string, string> = {}): Promise<number> {
  return run('npm', words, environment);
}

/** Runs a program without standard input and returns the exit code. */
function run(file: string, args: readonly string[], environment: Record<string, string>): Promise<number> {
  const child = spawn(file, args, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
    // On Windows npm is a batch file, which only a shell can run.
    shell: file === 'npm' && process.platform === 'win32',
    timeout: stepMinutes * 60_000,
    killSignal: 'SIGKILL',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
