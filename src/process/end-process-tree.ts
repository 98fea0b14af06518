import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Ends the process group of a process, and its known descendants in other groups. */
export function endProcessTree(leader: number | undefined): void {
  if (leader === undefined) {
    return;
  }
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(leader), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  for (const pid of [-leader, ...descendants(leader)]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // The process has ended already.
    }
  }
}

/** All descendants of a process; empty without Linux's `/proc`. */
function descendants(leader: number): readonly number[] {
  const parents = new Map(pids().map((pid) => [pid, parentOf(pid)]));
  const tree = new Set([leader]);
  for (let before = 0; before < tree.size; ) {
    before = tree.size;
    for (const [pid, parent] of parents) {
      if (parent !== undefined && tree.has(parent)) {
        tree.add(pid);
      }
    }
  }
  tree.delete(leader);
  return [...tree];
}

function pids(): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/**
 * Reads the parent of a process on Linux. The process name, in parentheses before it, may itself contain parentheses.
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
