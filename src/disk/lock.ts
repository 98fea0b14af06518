import { randomInt, randomUUID } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FileProblem } from './file-problem.js';
import { create, evictIfDead, look, type Owner, remove, thisHost, type Waiter } from './lock-file.js';
import { ensureFolder, removeFolderIfEmpty } from './private-folder.js';

/** How long to wait for a lock, and after how long without a sign of life its owner counts as dead; milliseconds. */
export interface LockOptions {
  readonly timeoutMs?: number;
  readonly staleMs?: number;
}

/**
 * Runs an action while no other process runs one under the same lock file. The file goes when the action ends, well or
 * not; one left by a killed process is taken over, at once on the same machine, else after `staleMs` (10 000) without a
 * heartbeat. Throws a `FileProblem` after `timeoutMs` (60 000). The action is told which folders were made for the lock.
 */
export async function withLock<Result>(
  path: string,
  options: LockOptions,
  action: (createdFolders: string[]) => Promise<Result>,
): Promise<Result> {
  const staleMs = options.staleMs ?? 10_000;
  const me = { token: randomUUID(), pid: process.pid, host: thisHost() };
  const createdFolders = await acquire(path, { me, staleMs, seen: new Map() }, options.timeoutMs ?? 60_000);
  const heartbeat = setInterval(() => void beat(path), staleMs / 4).unref();
  let succeeded = false;
  try {
    const result = await action(createdFolders);
    succeeded = true;
    return result;
  } finally {
    clearInterval(heartbeat);
    await release(path, me);
    if (!succeeded) for (const folder of createdFolders) await removeFolderIfEmpty(folder);
  }
}

async function acquire(path: string, waiter: Waiter, timeoutMs: number): Promise<string[]> {
  const deadline = performance.now() + timeoutMs;
  const createdFolders = new Set<string>();
  for (;;) {
    for (const folder of await ensureFolder(dirname(path))) createdFolders.add(folder);
    if (await create(path, waiter.me)) return [...createdFolders];
    if (await evictIfDead(path, waiter)) continue;
    if (performance.now() >= deadline) throw await timedOut(path, timeoutMs);
    await sleep(randomInt(10, 60));
  }
}

async function timedOut(path: string, timeoutMs: number): Promise<FileProblem> {
  const found = await look(path);
  const holder = found?.owner ? ` (process ${found.owner.pid} on ${found.owner.host})` : '';
  const message = `Another process${holder} kept the lock ${path} for more than ${timeoutMs} ms.`;
  return new FileProblem(message, { path, fix: 'Remove this lock file if no other job is running.' });
}

async function release(path: string, me: Owner): Promise<void> {
  const waiter = { me, staleMs: Number.POSITIVE_INFINITY, seen: new Map() };
  // More than one try only on Windows, while a waiter has the file open.
  for (let attempt = 1; attempt <= 20 && (await look(path))?.id === me.token; attempt += 1) {
    if (await remove(path, me.token, waiter)) return;
    await sleep(10 * attempt);
  }
}

async function beat(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}
