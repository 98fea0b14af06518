import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const checkEveryMs = 500;

/** Calls `end` once the process that started this one has ended; does not keep this process running. */
export function endWithParent(end: () => void): void {
  const parent = process.ppid;
  const watched = [parent, ...(process.env.npm_lifecycle_event === undefined ? [] : ancestorsUpToNpm(parent))];
  const timer = setInterval(() => {
    if (process.ppid === parent && watched.every(isRunning)) {
      return;
    }
    clearInterval(timer);
    end();
  }, checkEveryMs);
  timer.unref();
}

// On Windows ppid does not change when the parent ends.
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Under `npm run`: npm and the process that started it. Often there is a shell between npm and this process. */
function ancestorsUpToNpm(shell: number): readonly number[] {
  const first = processOf(shell);
  const second = first?.isShell ? processOf(first.parent) : undefined;
  // The init process never ends.
  return [first?.parent, second?.parent].filter((pid): pid is number => pid !== undefined && pid > 1);
}

interface RunningProcess {
  readonly parent: number;
  readonly isShell: boolean;
}

/** `undefined` when the operating system does not report it. */
function processOf(pid: number): RunningProcess | undefined {
  const [, parent, command = ''] = /^\s*(\d+) +(.*)$/m.exec(statusOf(pid)) ?? [];
  return parent === undefined ? undefined : { parent: Number(parent), isShell: /^(.*\/)?\w*sh$/.test(command.trim()) };
}

/** The parent and the program of a process. */
function statusOf(pid: number): string {
  try {
    // PID (PROGRAM) STATE PARENT …
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^\d+ \((.*)\) \S (\d+) .*$/s, '$2 $1');
  } catch {
    try {
      return execFileSync('ps', ['-o', 'ppid=', '-o', 'comm=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' });
    } catch {
      return '';
    }
  }
}
