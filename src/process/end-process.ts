import { setImmediate, setTimeout } from 'node:timers';

/** Milliseconds that a finished process waits for open handles. */
const exitDelayMs = 500;

/**
 * Ends the process with its exit code once the stream is flushed, at the latest after half a second. Does not wait for
 * open connections or for Node's own cleanup.
 */
export function endSoon(written?: NodeJS.WriteStream): void {
  const end = () => endProcess(Number(process.exitCode ?? 0));
  const endIfFree = () => {
    if (!hasBusyThread()) {
      end();
    }
  };
  setTimeout(end, exitDelayMs).unref();
  if (written === undefined) {
    setImmediate(endIfFree);
  } else {
    written.write('', endIfFree);
  }
}

/**
 * Ends the process at once. Node's exit waits for its threads: a DNS server without an answer, or a file on a lost
 * network share, would block it indefinitely.
 */
export function endProcess(code: number): never {
  if (hasBusyThread() && process.platform !== 'win32') {
    // execve replaces this process and its threads; Node has it since 22.15.
    process.execve?.('/bin/sh', ['sh', '-c', `exit ${code}`], {});
    if (code !== 0) {
      process.kill(process.pid, 'SIGKILL');
    }
  }
  process.exit(code);
}

/** Whether a file operation or DNS lookup is pending: both block one of Node's threads. */
function hasBusyThread(): boolean {
  return process.getActiveResourcesInfo().some((name) => /^(FSReq|GetAddrInfoReq|GetNameInfoReq)/.test(name));
}
