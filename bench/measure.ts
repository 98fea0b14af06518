import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { runnerVariables } from './runner-variables.js';

/** One process to measure: its command and environment. */
export interface Subject {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
}

/** The measurements of a subject: milliseconds of each round, in order, and MiB. */
export interface Figures {
  readonly wallTimes: readonly number[];
  readonly peakMemory: number;
}

const memoryProbe = join(import.meta.dirname, 'peak-memory.cjs');

/** Runs subjects alternately, so that a machine that slows down affects all of them. The first round is a warm-up. */
export async function measure(subjects: readonly Subject[], rounds: number): Promise<readonly Figures[]> {
  const wallTimes: number[][] = subjects.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, subject] of subjects.entries()) {
      const wallTime = await run(subject, {});
      if (round > 0) {
        wallTimes[index]?.push(wallTime);
      }
    }
  }
  const memories: number[] = [];
  for (const subject of subjects) {
    memories.push(await peakMemory(subject));
  }
  return wallTimes.map((times, index) => ({ wallTimes: times, peakMemory: memories[index] ?? 0 }));
}

/** A quantile of the values: 0.5 is the median. NaN without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

setFlagsFromString('--expose-gc');
/** Collects garbage between two runs: the emulator runs in this process, and must not pause during a run. */
const collectGarbage = runInNewContext('gc') as () => void;

/** Milliseconds from start to exit. Rejects when the process fails. */
async function run({ name, command, environment }: Subject, more: Readonly<Record<string, string>>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const own = { PATH: process.env.PATH ?? '', ...runnerVariables(folder) };
  try {
    const [program, ...words] = command;
    collectGarbage();
    const started = performance.now();
    const child = spawn(program, words, {
      env: { ...own, ...environment, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    const code = await new Promise((resolve) => child.on('close', resolve));
    const wallTime = performance.now() - started;
    if (code !== 0) {
      throw new Error(`${name} ended with ${code}:\n${Buffer.concat(output).toString('utf8')}`);
    }
    return wallTime;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function peakMemory(subject: Subject): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'peak');
  try {
    await run(subject, { NODE_OPTIONS: `--require=${memoryProbe}`, BENCH_PEAK_FILE: file });
    return Number(readFileSync(file, 'utf8')) / 1024;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
