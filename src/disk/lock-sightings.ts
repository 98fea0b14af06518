import { lstatSync, writeFileSync } from 'node:fs';
import { temporaryName } from './leftovers.js';
import { isKilled, type Owner } from './lock-owner.js';
import { removeQuietly } from './private-file.js';

/** A lock file as read: `id` is its owner's token or, without one, the file's own identity. */
export interface Found {
  readonly id: string;
  readonly owner: Owner | undefined;
  readonly heartbeat: number;
}

/**
 * What was seen of lock files by path: the owner with its heartbeat, since when there was no other, and how old the
 * heartbeat was then, by the clock of the file system; undefined if that cannot be known.
 */
export type Sightings = Map<string, { sign: string; since: number; ageMs: number | undefined }>;

/** A waiter for a lock file, and what it has seen of others so far. */
export interface Waiter {
  readonly me: Owner;
  readonly staleMs: number;
  readonly seen: Sightings;
}

/**
 * An owner is dead if its process of this machine has ended, or without a heartbeat for a while. Whether that is so is
 * observed, because clocks of two machines may differ; a heartbeat that is old already needs less observation. A process
 * of this machine that is there gets twice the time.
 */
export function isDead(path: string, found: Found, { me, staleMs, seen }: Waiter): boolean {
  if (isKilled(found.owner, me.host)) {
    return true;
  }
  const sighting = seen.get(path);
  if (sighting?.sign !== signOf(found)) {
    see(path, found, seen);
    return false;
  }
  const patienceMs = found.owner?.host === me.host ? 2 * staleMs : staleMs;
  const isOld = (sighting.ageMs ?? 0) >= patienceMs;
  return performance.now() - sighting.since >= (isOld ? patienceMs / 4 : patienceMs);
}

function signOf({ id, heartbeat }: Found): string {
  return `${id} ${heartbeat}`;
}

/** Starts to observe a lock file. */
export function see(path: string, found: Found, seen: Sightings): void {
  const now = fileTime(path);
  const ageMs = now === undefined ? undefined : now - found.heartbeat;
  seen.set(path, { sign: signOf(found), since: performance.now(), ageMs });
}

/** The time by the clock of the file system, which is another machine's on a network share. */
function fileTime(path: string): number | undefined {
  const temporary = temporaryName(path);
  try {
    writeFileSync(temporary, '', { flag: 'wx', mode: 0o600 });
    return lstatSync(temporary).mtimeMs;
  } catch {
    return undefined;
  } finally {
    removeQuietly(temporary);
  }
}
