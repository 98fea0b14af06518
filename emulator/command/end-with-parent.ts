import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const checkEveryMs = 500;

/** The most processes to look at between this one and npm. Usually there are up to three: npx, a shell, a launcher. */
const mostLevels = 6;

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

/** Under `npm run` and `npx`: npm, the process that started it, and the shells and launchers below npm. */
function ancestorsUpToNpm(parent: number): readonly number[] {
  const ancestors: number[] = [];
  for (let found = processOf(parent), level = 0; found !== undefined && level < mostLevels; level += 1) {
    ancestors.push(found.parent);
    if (found.isNpm) {
      return ancestors.filter(canEnd);
    }
    found = processOf(found.parent);
  }
  // If npm does not show its name, it is the parent, or the parent of the shell in between.
  return ancestors.slice(0, processOf(parent)?.isShell ? 2 : 1).filter(canEnd);
}

/** The init process never ends. */
function canEnd(pid: number): boolean {
  return pid > 1;
}

interface RunningProcess {
  readonly parent: number;
  readonly isShell: boolean;
  readonly isNpm: boolean;
}

/** `undefined` when the operating system does not report it. */
function processOf(pid: number): RunningProcess | undefined {
  const [, parent, command = ''] = /^\s*(\d+) +(.*)$/m.exec(statusOf(pid)) ?? [];
  if (parent === undefined) {
    return undefined;
  }
  const program = command.trim();
  return { parent: Number(parent), isShell: /^(.*\/)?\w*sh$/.test(program), isNpm: /^(.*\/)?np[mx]\b/.test(program) };
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
