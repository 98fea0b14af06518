import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';

/** The root of the repository. */
export const root = join(import.meta.dirname, '..');

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

/** The number of lines of each failure that the end of the log repeats. */
const failureLines = 25;

/**
 * Runs every step, even after a failure. Repeats each failure at the end, because readers start at the end of a log.
 */
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
  return step(name, async () => {
    const code = await node(args);
    return code === 0 ? undefined : `${name} ended with exit code ${code}.`;
  });
}

/** A step that runs a script of package.json. */
export function script(name: string, words: readonly string[]): Step {
  return step(name, async () => {
    const code = await npm(words);
    return code === 0 ? undefined : `${name} ended with exit code ${code}.`;
  });
}

/** A step that runs a test script of package.json and counts each test. */
export function tests(
  name: string,
  words: readonly [string, ...string[]],
  { files = [], environment = {} }: { files?: readonly string[]; environment?: Record<string, string> } = {},
): Step {
  const results = join(root, 'build', 'results', `${name.replaceAll(/\W+/g, '-')}.json`);
  return {
    name,
    async run() {
      mkdirSync(dirname(results), { recursive: true });
      rmSync(results, { force: true });
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
      const code = await npm([...words, '--', ...files, ...reporters], environment);
      return tallyOf(results, code);
    },
  };
}

/** Runs a file of the repository with Node and returns the exit code. */
function node(args: readonly string[]): Promise<number> {
  return run(process.execPath, args, {});
}

function npm(words: readonly string[], environment: Record<string, string> = {}): Promise<number> {
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

/** The fields of vitest's JSON report that are read here. */
interface Report {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly testResults?: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

// A test file that fails to load fails without a failed test in it.
function tallyOf(results: string, code: number): Tally {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(results, 'utf8')) as Report;
  } catch {
    return { passed: 0, failed: 1, failures: [`vitest wrote no report; exit code ${code}`] };
  }
  const failed = report.numFailedTests ?? 0;
  return {
    passed: report.numPassedTests ?? 0,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    failures: failuresOf(report),
  };
}

function failuresOf({ testResults = [] }: Report): readonly string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((result) => result.status === 'failed');
    if (tests.length === 0) {
      return status === 'failed' ? [shortened(`${name}\n${message ?? ''}`)] : [];
    }
    return tests.map(({ fullName, failureMessages = [] }) =>
      shortened(`${name} > ${fullName}\n${failureMessages.join('\n')}`),
    );
  });
}

function shortened(failure: string): string {
  return failure.split('\n').slice(0, failureLines).join('\n');
}
