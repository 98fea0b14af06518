import { randomInt, randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asFileProblem, FileProblem } from '../files/file-problem.js';
import { removeQuietly } from '../files/private-file.js';
import { defaultStaleMs, type Observations, type Waiter } from './abandoned-lock.js';
import { createLock, evictIfDead, readLock, removeDeadClaims, removeLock, writeHeartbeat } from './lock-file.js';
import { type Owner, thisHost } from './lock-owner.js';

/** How to wait for a lock. */
export interface LockOptions {
  /** Maximum milliseconds of the wait; default 60 000. */
  readonly timeoutMs?: number;
  /** Milliseconds without a heartbeat after which a lock counts as abandoned; default 5 000. */
  readonly staleMs?: number;
  /** What was observed of the lock before; by default nothing. */
  readonly seen?: Observations;
  /** Runs before each attempt: creates the folder of the lock, or throws if waiting cannot help. */
  readonly prepare?: (() => void) | undefined;
}

/**
 * Runs an action while this process holds a lock file, and removes the file afterwards, also after an error. The lock
 * file of a killed process is removed: at once if the process was on this machine, else after `staleMs` without a
 * heartbeat. Throws a `LockBusy` after `timeoutMs`, and a `FileProblem` at once if no lock file can be created.
 */
export async function withLock<Result>(
  path: string,
  options: LockOptions,
  action: () => Result | Promise<Result>,
): Promise<Result> {
  const staleMs = options.staleMs ?? defaultStaleMs;
  const me = { token: randomUUID(), pid: process.pid, host: thisHost() };
  await acquire(path, { me, staleMs, seen: options.seen ?? new Map() }, options);
  const heartbeat = setInterval(() => writeHeartbeat(path), staleMs / 5).unref();
  try {
    removeDeadClaims(path, me.host);
    return await action();
  } finally {
    clearInterval(heartbeat);
    // The action succeeded. A lock file that cannot be removed stays, and another process removes it as abandoned.
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
    if (createLock(path, waiter.me)) {
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
    throw asFileProblem(error, `The lock ${path} cannot be created`, { path, fix: 'Check the path of its folder.' });
  }
}

/** The error if another process held a lock for longer than the timeout. */
export class LockBusy extends FileProblem {}

function timedOut(path: string, timeoutMs: number): LockBusy {
  const owner = readLock(path)?.owner;
  const holder = owner ? ` (process ${owner.pid} on ${owner.host})` : '';
  const seconds = Math.round(timeoutMs / 100) / 10;
  return new LockBusy(`Another process${holder} kept the lock ${path} for more than ${seconds} seconds.`, {
    path,
    fix: 'Remove this lock file if no other job is running.',
  });
}

async function release(path: string, me: Owner): Promise<void> {
  const waiter = { me, staleMs: Number.POSITIVE_INFINITY, seen: new Map() };
  // One attempt is enough, unless a waiter has a claim just now or, on Windows, has the file open.
  for (let attempt = 1; attempt <= 20 && readLock(path)?.id === me.token; attempt += 1) {
    if (removeOwn(path, waiter)) {
      return;
    }
    await sleep(10 * attempt);
  }
}

/** Removes this process's lock file, without a claim if none can be created: no other process can create one either. */
function removeOwn(path: string, waiter: Waiter): boolean {
  try {
    return removeLock(path, waiter.me.token, waiter);
  } catch {
    removeQuietly(path);
    return true;
  }
}
