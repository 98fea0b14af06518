import { writeSync } from 'node:fs';
import { setTimeout } from 'node:timers';
import type { Worker } from 'node:worker_threads';
import { sinceStart } from './clock.js';
import { endProcess } from './end-process.js';
import { watch } from './watchdog-thread.js';

/** The deadline of a process, and how it is ended after it. */
export interface WatchdogOptions {
  /** Milliseconds from process start to the deadline of its work. */
  readonly endsAtMs: number;
  /** The last message for each stage of the work, in order; computed on demand. */
  readonly finalMessages: () => readonly string[];
  /** The file descriptor of the message: 1 is stdout, 2 is stderr. */
  readonly stream: 1 | 2;
  readonly exitCode: number;
}

/** A watchdog of this process. */
export interface Watchdog {
  /** Sets the current stage; stages start at 0. */
  readonly enter: (stage: number) => void;
  /** Starts the watchdog thread now, because the work that follows may block the main thread. */
  readonly startThread: () => void;
  /** Stops the watchdog: the work has ended. */
  readonly stop: () => void;
}

/** Grace period in milliseconds after the deadline, for the work to end and report by itself. */
const graceMs = 800;

/** Milliseconds that the main thread has, after the grace period, to end the process; then the watchdog thread does. */
const cpuGraceMs = 200;

/**
 * Milliseconds until the watchdog thread starts, unless `startThread` starts it. The thread takes more processor time
 * than a whole plain step, which has ended by then.
 */
const threadDelayMs = 1_500;

const over = -1;

/** Watches the process: after the deadline and the grace period, it prints the last message and ends. */
export function startWatchdog({ endsAtMs, ...end }: WatchdogOptions): Watchdog {
  const stage = new Int32Array(new SharedArrayBuffer(4));
  const until = (at: number) => Math.max(0, at - sinceStart());
  let thread: Worker | undefined;
  const startWatchThread = () => {
    const delayMs = until(endsAtMs + graceMs + cpuGraceMs);
    thread ??= startThread({ ...end, finalMessages: end.finalMessages(), delayMs, stage });
  };
  const timers = [
    setTimeout(
      () => {
        writeSync(end.stream, end.finalMessages()[stage[0] ?? 0] ?? '');
        endProcess(end.exitCode);
      },
      until(endsAtMs + graceMs),
    ),
    setTimeout(startWatchThread, Math.min(threadDelayMs, until(endsAtMs) / 2)),
  ];
  for (const timer of timers) {
    timer.unref();
  }
  return {
    enter: (number) => Atomics.store(stage, 0, number),
    startThread: startWatchThread,
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
  // Loaded on demand: a plain step does not get here.
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  const thread = new Worker(`(${watch})(require, require('node:worker_threads').workerData)`, options);
  thread.unref();
  thread.on('error', () => undefined);
  return thread;
}
