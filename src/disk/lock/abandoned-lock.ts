import { lstatSync, writeFileSync } from 'node:fs';
import { temporaryName } from '../files/leftovers.js';
import { removeQuietly } from '../files/private-file.js';
import { isKilled, type Owner } from './lock-owner.js';

/** Milliseconds without a heartbeat after which a lock counts as abandoned. */
export const defaultStaleMs = 5_000;

/** A lock file as it was read. */
export interface FoundLock {
  /** The token of its owner; if it has none, the inode and creation time of the file. */
  readonly id: string;
  readonly owner: Owner | undefined;
  /** The modification time of the file in milliseconds since 1970. */
  readonly heartbeat: number;
}

/**
 * What was observed of lock files, by path. `state` is the id and the heartbeat of the file; `since` is when this state
 * was first seen, by a monotonic clock. `ageMs` is how old the heartbeat was then, by the clock of the file system;
 * undefined if that clock cannot be read.
 */
export type Observations = Map<string, { state: string; since: number; ageMs: number | undefined }>;

/** A process that waits for a lock file, and what it observed of other owners. */
export interface Waiter {
  readonly me: Owner;
  /** Milliseconds without a heartbeat after which a lock counts as abandoned. */
  readonly staleMs: number;
  readonly seen: Observations;
}

/**
 * Whether a lock file is abandoned: its owner, a process of this machine, has ended, or its heartbeat stopped. The
 * waiter measures the time since the last heartbeat, because clocks of machines differ. A quarter of `staleMs` is
 * enough if the heartbeat was old when first seen; twice the time is needed if the owner still runs on this machine.
 */
export function isAbandoned(path: string, found: FoundLock, { me, staleMs, seen }: Waiter): boolean {
  if (isKilled(found.owner, me.host)) {
    return true;
  }
  const sighting = seen.get(path);
  if (sighting?.state !== stateOf(found)) {
    startObserving(path, found, seen);
    return false;
  }
  const waitMs = found.owner?.host === me.host ? 2 * staleMs : staleMs;
  const isOld = (sighting.ageMs ?? 0) >= waitMs;
  return performance.now() - sighting.since >= (isOld ? waitMs / 4 : waitMs);
}

function stateOf({ id, heartbeat }: FoundLock): string {
  return `${id} ${heartbeat}`;
}

/** Records the state of a lock file, from which the time without a heartbeat is measured. */
export function startObserving(path: string, found: FoundLock, seen: Observations): void {
  const now = fileTime(path);
  const ageMs = now === undefined ? undefined : now - found.heartbeat;
  seen.set(path, { state: stateOf(found), since: performance.now(), ageMs });
}

/** The time by the clock of the file system, which on a network share is another machine's; undefined if unknown. */
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
