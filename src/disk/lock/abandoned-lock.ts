import { lstatSync, writeFileSync } from 'node:fs';
import { temporaryName } from '../files/leftovers.js';
import { removeQuietly } from '../files/private-file.js';
import { isKilled, type Owner } from './lock-owner.js';

/** Milliseconds without a heartbeat after which the owner of a lock counts as dead. */
export const defaultStaleMs = 5_000;

/** A lock file as read: `id` is its owner's token or, without one, the file's own identity. */
export interface FoundLock {
  readonly id: string;
  readonly owner: Owner | undefined;
  /** The modification time of the file in milliseconds since 1970. */
  readonly heartbeat: number;
}

/**
 * Lock files observed so far, by path: the owner with its heartbeat, the time since it is unchanged, and the age of the
 * heartbeat at that time by the clock of the file system; undefined if unknown.
 */
export type Sightings = Map<string, { sign: string; since: number; ageMs: number | undefined }>;

/** A waiter for a lock file, with its observations of other owners. */
export interface Waiter {
  readonly me: Owner;
  readonly staleMs: number;
  readonly seen: Sightings;
}

/**
 * An owner is dead if its process on this machine has ended, or if its heartbeat stops. The waiter observes that
 * itself, because the clocks of two machines may differ; a heartbeat that is already old needs less time. A running
 * process on this machine gets twice the time.
 */
export function isDead(path: string, found: FoundLock, { me, staleMs, seen }: Waiter): boolean {
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

function signOf({ id, heartbeat }: FoundLock): string {
  return `${id} ${heartbeat}`;
}

/** Starts to observe a lock file. */
export function see(path: string, found: FoundLock, seen: Sightings): void {
  const now = fileTime(path);
  const ageMs = now === undefined ? undefined : now - found.heartbeat;
  seen.set(path, { sign: signOf(found), since: performance.now(), ageMs });
}

/** The current time by the clock of the file system; on a network share, that is another machine's clock. */
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
