import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { codeOf } from './file-problem.js';

/** Who made a lock file. */
export interface Owner {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
}

/** Reads the owner in the text of a lock file; undefined where it names none. */
export function parseOwner(text: string): Owner | undefined {
  try {
    const { token, pid, host } = JSON.parse(text);
    const known = typeof pid === 'number' && typeof host === 'string' && /^[0-9a-f-]{36}$/.test(token);
    return known ? { token, pid, host } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the owner was a process of this machine that is not running any more. */
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

/** Names the machine whose process numbers we can look up. */
export function thisHost(): string {
  // Containers on the host's network share its name but not its process numbers.
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}
