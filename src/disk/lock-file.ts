import { readlinkSync } from 'node:fs';
import { open, readFile, stat, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { asFileProblem, codeOf } from './file-problem.js';

/** Who made a lock file. */
export interface Owner {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
}

/** A lock file as found: `id` is its owner's token or, before the owner has written it, the file's own identity. */
interface Found {
  readonly id: string;
  readonly owner: Owner | undefined;
  readonly heartbeat: number;
}

/** Who waits for a lock file, and what it has seen of others so far. */
export interface Waiter {
  readonly me: Owner;
  readonly staleMs: number;
  readonly seen: Map<string, { sign: string; since: number }>;
}

/** Makes the lock file ours if there is none; a folder that vanished meanwhile counts as busy. */
export async function create(path: string, me: Owner): Promise<boolean> {
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (isBusy(error)) return undefined;
    const fix = 'Let the user the job runs as write to its folder.';
    throw asFileProblem(error, `The lock ${path} cannot be made`, { path, fix });
  });
  if (file === undefined) return false;
  try {
    await file.writeFile(JSON.stringify(me));
    return true;
  } catch (error) {
    await unlink(path).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
}

// Windows answers EPERM, EACCES or EBUSY for a file that is just being removed.
function isBusy(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  if (['EEXIST', 'ENOENT'].includes(code)) return true;
  return process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(code);
}

/** Reads a lock file, or `undefined` if there is none just now. */
export async function look(path: string): Promise<Found | undefined> {
  try {
    const [text, { ino, birthtimeMs, mtimeMs }] = [await readFile(path, 'utf8'), await stat(path)];
    const owner = parseOwner(text);
    return { id: owner?.token ?? `${ino}-${Math.floor(birthtimeMs)}`, owner, heartbeat: mtimeMs };
  } catch (error) {
    if (isBusy(error)) return undefined;
    throw error;
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    const { token, pid, host } = JSON.parse(text);
    const known = typeof pid === 'number' && typeof host === 'string' && /^[0-9a-f-]{36}$/.test(token);
    return known ? { token, pid, host } : undefined;
  } catch {
    return undefined;
  }
}

/** Removes a lock file whose owner is dead; answers whether it did. */
export async function evictIfDead(path: string, waiter: Waiter): Promise<boolean> {
  const found = await look(path);
  if (found === undefined || !isDead(path, found, waiter)) return false;
  return remove(path, found.id, waiter);
}

// Only what changes while we watch tells life from death: clocks of two machines may differ.
function isDead(path: string, found: Found, { me, staleMs, seen }: Waiter): boolean {
  if (found.owner?.host === me.host && !isRunning(found.owner.pid)) return true;
  const sign = `${found.id} ${found.heartbeat}`;
  const before = seen.get(path);
  if (before?.sign === sign) return performance.now() - before.since >= staleMs;
  seen.set(path, { sign, since: performance.now() });
  return false;
}

/**
 * Removes the lock file if it is still the one with this id. Whoever removes it, its owner included, first makes a
 * claim named after the id: so between the look and the removal it cannot have become somebody else's. A claim is a
 * lock file too, and a dead one is removed the same way.
 */
export async function remove(path: string, id: string, waiter: Waiter): Promise<boolean> {
  const claim = `${path}.${id.slice(0, 8)}`;
  if (!(await create(claim, waiter.me))) {
    await evictIfDead(claim, waiter);
    return false;
  }
  try {
    if ((await look(path))?.id !== id) return false;
    await unlink(path);
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  } finally {
    await unlink(claim).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

/** Names the machine whose process numbers we can look up. */
export function thisHost(): string {
  // Containers on the host's network share its name but not its process numbers.
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}
