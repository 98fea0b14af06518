import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { root } from '../../scripts/root.js';
import { temporaryFolder } from '../support/folders.js';

const cli = join(root, 'emulator/cli.ts');

function start(...options: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = once(child, 'exit');
  return { child, exited, line: async () => String((await lines.next()).value) };
}

/** Windows has no signals: it ends a process without notice. */
const endedBy = (signal: string) => (process.platform === 'win32' ? [null, signal] : [0, null]);

test('the command prints JSON and that it listens, serves, keeps its port, and ends with 0 on SIGTERM', async () => {
  const { child, exited, line } = start('--json');
  const variables = JSON.parse(await line()) as Record<string, string>;
  const url = variables.AWS_ENDPOINT_URL_STS ?? '';
  expect(await line()).toBe(`listening on ${url}`);
  expect((await fetch(`${url}/_emulator/environment`)).status).toBe(200);
  const { port } = new URL(url);
  expect(await refusalOf(['--port', port])).toBe(
    `emulator: --port ${port}: another process already uses it; give another port, or leave --port out for any free one\n`,
  );
  child.kill('SIGTERM');
  expect(await exited).toEqual(endedBy('SIGTERM'));
});

test("without --json a shell can evaluate every line, and one has the job's subject", async () => {
  const claims = ['--claims', 'repository=me/mine,environment=', '--claims', 'ref=refs/tags/v1'];
  const { child, exited, line } = start('--latency', '1', ...claims);
  const printed: string[] = [];
  while (!printed.at(-1)?.includes('listening')) {
    printed.push(await line());
  }
  expect(printed.every((text) => /^(# .*|export [A-Z_]+='[^']*')$/.test(text))).toBe(true);
  expect(printed[0]).toMatch(/^export AWS_ENDPOINT_URL_STS='http:\/\/127\.0\.0\.1:\d+'$/);
  expect(printed.at(-2)).toBe("# the job's ID token has the subject repo:me/mine:ref:refs/tags/v1");
  child.kill('SIGINT');
  expect(await exited).toEqual(endedBy('SIGINT'));
});

interface Started {
  readonly pid: number;
  readonly url: string;
}

test('it ends with its parent process, unless --keep-running is given', async () => {
  const node = [process.execPath, '--import', 'tsx', cli];
  const npm = process.platform === 'win32' ? node : ['npm', 'run', '--silent', 'emulator', '--'];
  const npx = process.platform === 'win32' ? node : ['npx', 'tsx', cli];
  const script = `
    import { spawn } from 'node:child_process';
    const commands = ${JSON.stringify([node, npm, npx, [...node, '--keep-running']])};
    const started = commands.map(async ([program, ...args]) => {
      const child = spawn(program, [...args, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
      const printed = await new Promise((resolve) => child.stdout.once('data', resolve));
      return { pid: child.pid, url: JSON.parse(String(printed).split('\\n')[0]).AWS_ENDPOINT_URL_STS };
    });
    console.log(JSON.stringify(await Promise.all(started)));
    process.exit();`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = (await once(parent.stdout, 'data')) as [Buffer];
  const [ending, byNpm, byNpx, keeping] = JSON.parse(printed.toString()) as [Started, Started, Started, Started];
  const answers = (url: string) =>
    fetch(`${url}/_emulator/notes`).then(
      ({ status }) => status,
      () => 'ended',
    );
  for (const { url } of [ending, byNpm, byNpx]) {
    await expect.poll(() => answers(url), { timeout: 10_000 }).toBe('ended');
  }
  expect(await answers(keeping.url)).toBe(200);
  process.kill(keeping.pid);
});

test('a mistake is one line on stderr with its location, and exit code 2', async () => {
  const file = join(await temporaryFolder(), 'world.json');
  expect(await refusalOf(['--world', file])).toBe(
    `emulator: ${file}: the world cannot be read (there is no such file); give the path of a JSON file such as emulator/examples/small.json\n`,
  );
  await writeFile(file, '{\n  "accounts": {\n    "12": {}\n  },\n  "jobs": {}\n}\n');
  expect(await refusalOf(['--world', file])).toBe(
    `emulator: ${file}: The world is not valid: line 3, world.accounts.12: '12' is not an account ID (12 digits); line 5, world.jobs: 'jobs' is not a known word; did you mean 'job'?\n`,
  );
});

async function refusalOf(options: readonly string[]): Promise<string> {
  const { child, exited } = start(...options);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const closed = once(child, 'close');
  expect(await exited).toEqual([2, null]);
  await closed;
  return stderr.replaceAll('\r\n', '\n');
}
