import { randomInt, randomUUID } from 'node:crypto';
import { statSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asFileProblem, FileProblem } from './file-problem.js';
import { create, evictIfDead, look, remove, removeDeadClaims, type Waiter } from './lock-file.js';
import { type Owner, thisHost } from './lock-owner.js';

/** How long to wait for a lock, and after how long without a sign of life its owner counts as dead; milliseconds. */
export interface LockOptions {
  readonly timeoutMs?: number;
  readonly staleMs?: number;
  /** Runs before each try: makes the folder of the lock, or throws where waiting is in vain. */
  readonly prepare?: (() => void) | undefined;
}

/**
 * Runs an action while no other process runs one under the same lock file. The file goes when the action ends, well or
 * not; one left by a killed process is taken over, at once on the same machine, else after `staleMs` (10 000) without a
 * heartbeat. Throws a `FileProblem` after `timeoutMs` (60 000), and at once where no lock can be made.
 */
export async function withLock<Result>(
  path: string,
  options: LockOptions,
  action: () => Result | Promise<Result>,
): Promise<Result> {
  const staleMs = options.staleMs ?? 10_000;
  const me = { token: randomUUID(), pid: process.pid, host: thisHost() };
  await acquire(path, { me, staleMs, seen: new Map() }, options);
  const heartbeat = setInterval(() => beat(path), staleMs / 4).unref();
  try {
    removeDeadClaims(path, me.host);
    return await action();
  } finally {
    clearInterval(heartbeat);
    // A lock file that cannot be removed is litter, and no reason to call the action failed.
    await release(path, me).catch(() => undefined);
  }
}

async function acquire(
  path: string,
  waiter: Waiter,
  { timeoutMs = 60_000, prepare = () => requireFolder(path) }: LockOptions,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    prepare();
    if (create(path, waiter.me)) {
      return;
    }
    if (evictIfDead(path, waiter)) {
      continue;
    }
    if (performance.now() >= deadline) {
      throw timedOut(path, timeoutMs);
    }
    await sleep(randomInt(10, 60));
  }
}

function requireFolder(path: string): void {
  try {
    statSync(dirname(path));
  } catch (error) {
    throw asFileProblem(error, `The lock ${path} cannot be made`, { path, fix: 'Check the path of its folder.' });
  }
}

/** Another process had a lock for longer than one could wait. */
export class LockBusy extends FileProblem {}

function timedOut(path: string, timeoutMs: number): LockBusy {
  const owner = look(path)?.owner;
  const holder = owner ? ` (process ${owner.pid} on ${owner.host})` : '';
  const seconds = Math.round(timeoutMs / 100) / 10;
  return new LockBusy(`Another process${holder} kept the lock ${path} for more than ${seconds} seconds.`, {
    path,
    fix: 'Remove this lock file if no other job is running.',
  });
}

async function release(path: string, me: Owner): Promise<void> {
  const waiter = { me, staleMs: Number.POSITIVE_INFINITY, seen: new Map() };
  // More than one try only on Windows, while a waiter has the file open, or while a waiter looks at it.
  for (let attempt = 1; attempt <= 20 && look(path)?.id === me.token; attempt += 1) {
    if (remove(path, me.token, waiter)) {
      return;
    }
    await sleep(10 * attempt);
  }
}

function beat(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // The next process to look decides.
  }
}
