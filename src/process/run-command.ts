import { spawn } from 'node:child_process';
import { endProcessTree } from './end-process-tree.js';
import { withTimeLimit } from './time-limit.js';

/** The exit code and output of a command. */
export interface CommandEnd {
  /** Undefined if a signal ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  /** The end of its standard error. */
  readonly stderr: string;
}

/** A command printed more than the limit. */
export class OutputTooLarge extends Error {}

const most = {
  /** Maximum bytes of standard output; more is an error. */
  stdout: 1_048_576,
  /** Maximum characters of standard error; only the last ones are kept. */
  stderr: 4_096,
} as const;

/** Milliseconds to wait for the output of a command that has ended: its children may hold the pipes open. */
const drainMs = 1_000;

/** The signals by which a runner or a terminal ends this process. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a shell command without standard input. When the command ends, the signal fires or this process ends, all
 * processes that the command started are ended too. Rejects with the reason of the signal, with `OutputTooLarge`, or
 * with the system's error.
 */
export async function runCommand(command: string, signal: AbortSignal): Promise<CommandEnd> {
  signal.throwIfAborted();
  const child = start(command);
  const end = () => endProcessTree(child.pid);
  const stopGuarding = guard(end);
  try {
    return await withTimeLimit({ signal }, () => finished(child));
  } finally {
    stopGuarding();
    end();
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

/**
 * Starts a command in a process group of its own, which can be ended as a whole. Windows has no process groups, and a
 * detached command would open a window there.
 */
function start(command: string) {
  const detached = process.platform !== 'win32';
  return spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'], detached, windowsHide: true });
}

function finished(child: ReturnType<typeof start>): Promise<CommandEnd> {
  return new Promise((resolve, reject) => {
    const stdout: Buffer[] = [];
    let size = 0;
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      stdout.push(chunk);
      if (size > most.stdout) {
        reject(new OutputTooLarge(`more than ${most.stdout} bytes`));
      }
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr = (stderr + chunk).slice(-most.stderr);
    });
    const done = () =>
      resolve({ exitCode: child.exitCode ?? undefined, stdout: Buffer.concat(stdout).toString('utf8'), stderr });
    child.once('error', reject);
    child.once('close', done);
    child.once('exit', () => setTimeout(done, drainMs).unref());
  });
}

/** Ends the command when this process exits or receives an ending signal; returns a function that stops this. */
function guard(end: () => void): () => void {
  const onSignal = (name: NodeJS.Signals) => {
    stop();
    end();
    process.kill(process.pid, name);
  };
  const stop = () => {
    process.off('exit', end);
    for (const name of endings) {
      process.off(name, onSignal);
    }
  };
  process.once('exit', end);
  for (const name of endings) {
    process.once(name, onSignal);
  }
  return stop;
}
