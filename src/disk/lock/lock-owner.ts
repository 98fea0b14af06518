import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { codeOf } from '../files/file-problem.js';

/** The process that holds a lock; a random token tells apart processes with the same ID. */
export interface Owner {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
}

/** Parses the owner in a lock file; undefined if the text is not that of a lock file. */
export function parseOwner(text: string): Owner | undefined {
  try {
    const { token, pid, host } = JSON.parse(text);
    const known = typeof pid === 'number' && typeof host === 'string' && /^[0-9a-f-]{36}$/.test(token);
    return known ? { token, pid, host } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the owner is a process of this machine that has ended. */
export function isKilled(owner: Owner | undefined, host: string): boolean {
  return owner?.host === host && !isRunning(owner.pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

/** Returns a name for this machine or container. Processes with the same name can look up each other's process ID. */
export function thisHost(): string {
  // Containers on the host's network share its name but not its process IDs.
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}
