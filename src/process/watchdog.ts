import { writeSync } from 'node:fs';
import { setTimeout } from 'node:timers';
import type { Worker } from 'node:worker_threads';
import { endProcess } from './end-process.js';
import { watch } from './watch.js';

/** When a process has to be over, and how it ends where it does not end by itself. */
export interface WatchdogOptions {
  /** Milliseconds from the start of the process until its work has to be over. */
  readonly endsAtMs: number;
  /** What is written then, for each stage of the work, the first stage first; worked out only when somebody may need it. */
  readonly lastWords: () => readonly string[];
  /** Where it is written: 1 is stdout, 2 is stderr. */
  readonly stream: 1 | 2;
  readonly exitCode: number;
}

/** A watch over the work of this process. */
export interface Watchdog {
  /** The work is at another stage; they count from 0. */
  readonly enter: (stage: number) => void;
  /** Starts the second thread now: what follows may keep this one from looking at the clock. */
  readonly guardCpu: () => void;
  /** The work is over. */
  readonly stop: () => void;
}

/** Milliseconds that the work has, once its time is over, to end by itself and to say why. */
const graceMs = 800;

/** Milliseconds after which this thread, if it were free at all, would have ended the process. */
const cpuGraceMs = 200;

/**
 * Milliseconds after which the second thread starts where nothing asked for it before. It takes more processor time than a
 * plain step has in all, and a plain step is over by then.
 */
const threadDelayMs = 1_500;

const over = -1;

/** Watches the process: where it goes on for longer than its time and the grace, it ends with its last words. */
export function startWatchdog({ endsAtMs, ...end }: WatchdogOptions): Watchdog {
  const stage = new Int32Array(new SharedArrayBuffer(4));
  const until = (at: number) => Math.max(0, at - performance.now());
  let thread: Worker | undefined;
  const guardCpu = () => {
    const delayMs = until(endsAtMs + graceMs + cpuGraceMs);
    thread ??= startThread({ ...end, lastWords: end.lastWords(), delayMs, stage });
  };
  const timers = [
    setTimeout(
      () => {
        writeSync(end.stream, end.lastWords()[stage[0] ?? 0] ?? '');
        endProcess(end.exitCode);
      },
      until(endsAtMs + graceMs),
    ),
    setTimeout(guardCpu, Math.min(threadDelayMs, until(endsAtMs) / 2)),
  ];
  for (const timer of timers) {
    timer.unref();
  }
  return {
    enter: (number) => Atomics.store(stage, 0, number),
    guardCpu,
    stop: () => {
      Atomics.store(stage, 0, over);
      for (const timer of timers) {
        clearTimeout(timer);
      }
      void thread?.terminate();
    },
  };
}

function startThread(data: Parameters<typeof watch>[1]): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 };
  const options = { eval: true, workerData: data, env: {}, execArgv: [], resourceLimits };
  // Loaded only now: a plain step never gets here.
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  const thread = new Worker(`(${watch})(require, require('node:worker_threads').workerData)`, options);
  thread.unref();
  thread.on('error', () => undefined);
  return thread;
}
