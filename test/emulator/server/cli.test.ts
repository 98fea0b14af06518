import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const cli = fileURLToPath(new URL('../../../emulator/cli.ts', import.meta.url));

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

const readable = 'give the path of a JSON file like emulator/examples/organization.json';
test.each<[string, readonly string[], string]>([
  ['no number for a port', ['--port', 'x'], "--port must be a whole number from 0 to 65535, is 'x'"],
  ['a port that is none', ['--port', '65536'], "--port must be a whole number from 0 to 65535, is '65536'"],
  ['a missing world', ['--world', 'nowhere.json'], `nowhere.json: the world cannot be read (ENOENT); ${readable}`],
  ['a folder for a world', ['--world', '.'], '.: the world cannot be read ('],
  ['an unknown flag', ['--wrld', 'x'], "Unknown option '--wrld'"],
  ['a flag without its value', ['--world', '--json'], "Option '--world' argument is ambiguous."],
])('%s is one line on stderr, and exit code 2', async (_name, options, text) => {
  const said = await refusalOf(options);
  expect(said).toMatch(/^emulator: [^\n]+\n$/);
  expect(said).toContain(text);
});

test('the line about an unknown flag names the known ones', async () => {
  expect(await refusalOf(['--help-me'])).toMatch(/\(usage: .*--world FILE.*--port N.*\)\n$/);
});

test('a world that cannot be used is one line with its file and every problem', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'world-'));
  try {
    const [noJson, noWorld] = [join(folder, 'a.json'), join(folder, 'b.json')];
    await writeFile(noJson, '{\n  "accounts": nothing\n}\n');
    await writeFile(noWorld, JSON.stringify({ accounts: { '12': {} }, jobs: {} }));
    expect(await refusalOf(['--world', noJson])).toMatch(/^emulator: .*a\.json: [^\n]*JSON[^\n]*\n$/);
    expect(await refusalOf(['--world', noWorld])).toBe(
      `emulator: ${noWorld}: The world is not usable: world.accounts: '12' is no account id of 12 digits; world.jobs: is not a known word\n`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
});

test('a port in use is one line that says so', async () => {
  const { child, exited, line } = start('--json');
  const { AWS_ENDPOINT_URL_STS = '' } = JSON.parse(await line()) as Record<string, string>;
  const { port } = new URL(AWS_ENDPOINT_URL_STS);
  expect(await refusalOf(['--port', port])).toBe(
    `emulator: --port ${port} cannot be listened on (EADDRINUSE); give another, or none for any free one\n`,
  );
  child.kill('SIGTERM');
  await exited;
});

async function refusalOf(options: readonly string[]): Promise<string> {
  const { child, exited } = start(...options);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const closed = once(child, 'close');
  expect(await exited).toEqual([2, null]);
  await closed;
  return said.replaceAll('\r\n', '\n');
}
