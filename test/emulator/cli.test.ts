import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const cli = fileURLToPath(new URL('../../emulator/cli.ts', import.meta.url));

function start(...options: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = once(child, 'exit');
  return { child, exited, line: async () => String((await lines.next()).value) };
}

/** Windows has no signals: a process is ended without being asked. */
const endedBy = (signal: string) => (process.platform === 'win32' ? [null, signal] : [0, null]);

test('the command prints JSON and that it listens, serves, and ends cleanly on SIGTERM', async () => {
  const { child, exited, line } = start('--json');
  const variables = JSON.parse(await line()) as Record<string, string>;
  const url = variables.AWS_ENDPOINT_URL_STS ?? '';
  expect(await line()).toBe(`listening on ${url}`);
  expect((await fetch(`${url}/_emulator/environment`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await exited).toEqual(endedBy('SIGTERM'));
});

test('without --json every line can be evaluated by a shell', async () => {
  const { child, exited, line } = start('--latency', '1');
  const printed: string[] = [];
  while (!printed.at(-1)?.includes('listening')) printed.push(await line());
  expect(printed.every((text) => /^(# .*|export [A-Z_]+='[^']*')$/.test(text))).toBe(true);
  expect(printed[0]).toMatch(/^export AWS_ENDPOINT_URL_STS='http:\/\/127\.0\.0\.1:\d+'$/);
  child.kill('SIGINT');
  expect(await exited).toEqual(endedBy('SIGINT'));
});

test('a wrong option and a missing world say so', async () => {
  for (const [options, text] of [
    [['--port', 'x'], "--port must be a whole number, is 'x'"],
    [['--world', '/nowhere.json'], 'nowhere.json'],
  ] as const) {
    const { child, exited } = start(...options);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    expect(await exited).toEqual([1, null]);
    expect(said).toContain(text);
  }
});
