const checkEveryMs = 500;

/** Calls `end` once the parent process has ended; does not keep this process running. */
export function endWithParent(end: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent && isRunning(parent)) return;
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
