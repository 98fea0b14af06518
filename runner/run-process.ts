import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { StreamName } from './step-result.js';

/** A command, its whole environment, and a callback for its lines as they arrive. */
interface ProcessRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly onLine: (stream: StreamName, line: string) => void;
}

/** How a process ended; times in milliseconds of the monotonic clock. */
interface ProcessResult {
  readonly exitCode: number;
  readonly timedOut: boolean;
  readonly durationMs: number;
  readonly stdout: string;
  readonly stderr: string;
}

// A grandchild may keep the pipes open. Like the runner, stop waiting for it after this many milliseconds.
const drainMs = 1_000;

/** Runs a process in its own group and kills the group at the timeout. Rejects when the process cannot be started. */
export function runProcess(request: ProcessRequest): Promise<ProcessResult> {
  const started = performance.now();
  const child = spawn(request.command, request.args, {
    cwd: request.folder,
    env: request.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group can be killed as a whole. Windows has none, and `detached` would open a window there.
    detached: process.platform !== 'win32',
  });
  const stdout = readLines(child.stdout, (line) => request.onLine('stdout', line));
  const stderr = readLines(child.stderr, (line) => request.onLine('stderr', line));
  const deadline = killAfter(child, request.timeoutMs);
  child.on('exit', () => {
    const drain = setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    }, drainMs);
    child.on('close', () => clearTimeout(drain));
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
      const durationMs = performance.now() - started;
      const timedOut = deadline.passed();
      resolve({ exitCode, timedOut, durationMs, stdout: stdout.finish(), stderr: stderr.finish() });
    });
  });
}

function killAfter(child: ChildProcess, timeoutMs: number): { passed: () => boolean } {
  let passed = false;
  const timer = setTimeout(() => {
    passed = true;
    killGroup(child);
  }, timeoutMs);
  child.on('exit', () => clearTimeout(timer));
  child.on('error', () => clearTimeout(timer));
  return { passed: () => passed };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) {
    return;
  }
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended already.
  }
}

// As .NET's reader does: a single carriage return ends a line, and a leading byte order mark is removed.
function readLines(stream: Readable, onLine: (line: string) => void): { finish: () => string } {
  const decoder = new StringDecoder('utf8');
  let text = '';
  let rest = '';
  const take = (chunk: string): void => {
    const fresh = text === '' ? chunk.replace(/^\uFEFF/, '') : chunk;
    text += chunk;
    const lines = (rest + fresh).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      onLine(line);
    }
  };
  stream.on('data', (chunk: Buffer) => take(decoder.write(chunk)));
  return {
    finish() {
      take(decoder.end());
      if (rest !== '') {
        onLine(rest.replace(/\r$/, ''));
      }
      rest = '';
      return text;
    },
  };
}
