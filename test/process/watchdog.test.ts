import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const endsAtMs = 1_000;
const folder = mkdtempSync(join(tmpdir(), 'watchdog-'));
const script = join(folder, 'work.js');

beforeAll(async () => {
  const entryPoints = [join(import.meta.dirname, '..', 'support', 'watched-work.ts')];
  await build({ entryPoints, outfile: script, bundle: true, platform: 'node', minify: true });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly output: string;
  readonly afterMs: number;
}

/** Runs work of one kind under a watchdog, in a separate process. */
async function run(kind: string): Promise<Ended> {
  const pipe = join(mkdtempSync(join(folder, 'run-')), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const started = performance.now();
  const child = spawn(process.execPath, [script, kind, pipe, String(endsAtMs)]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, output, afterMs: performance.now() - started }));
  });
}

/** A process that replaced itself by execve keeps its exit code; before Node 22.15 it can only be killed. */
const failed = typeof process.execve === 'function' ? { code: 1, signal: null } : { code: null, signal: 'SIGKILL' };

// Repeated, because a machine that is busy with other tests may be late.
const options = { concurrent: true, retry: 3, timeout: 20_000 };

describe.skipIf(process.platform === 'win32')('a process that does not end by itself', options, () => {
  it.each([
    ['a loop', { code: 1, signal: null }],
    ['an expression that backtracks', { code: 1, signal: null }],
    ['a call that does not return', { code: null, signal: 'SIGKILL' }],
    ['a promise that stays open', { code: 1, signal: null }],
    ['a thread that does not return', failed],
  ])('because of %s is ended with its last message, within two seconds', async (kind, end) => {
    const ended = await run(kind);
    expect(ended).toMatchObject({ ...end, output: 'at the second stage\n' });
    expect(ended.afterMs).toBeGreaterThan(endsAtMs);
    expect(ended.afterMs).toBeLessThan(endsAtMs + 2_000);
  });

  it('is not ended when its work finished in time', async () => {
    expect(await run('work that ends in time')).toMatchObject({ code: 0, output: '' });
  });

  it('after a failure ends although a thread does not return', async () => {
    expect(await run('a failure with a thread that does not return')).toMatchObject({ ...failed, output: '' });
  });
});
