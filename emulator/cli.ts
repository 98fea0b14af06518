import { parseArgs } from 'node:util';
import { type Emulator, type EmulatorOptions, startEmulator } from './server/start-emulator.js';
import { loadWorld } from './world/load-world.js';

const usage = 'usage: tsx emulator/cli.ts [--world FILE] [--port N] [--latency MS] [--json]';

const highestPort = 65_535;
/** What a timer of Node can wait, in milliseconds. */
const longestLatency = 2_147_483_647;

const options = {
  world: { type: 'string' },
  port: { type: 'string', default: '0' },
  latency: { type: 'string', default: '0' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

await run().catch((error: unknown) => {
  // One line: problems of a world and snippets of its JSON come with line breaks.
  const text = (error instanceof Error ? error.message : String(error)).replace(/:\s*\n\s*/g, ': ');
  console.error(`emulator: ${text.replace(/\s*\n\s*/g, '; ')}`);
  process.exitCode = 2;
});

async function run(): Promise<void> {
  const { values } = readArguments();
  if (values.help) {
    console.log(usage);
    return;
  }
  const port = wholeNumber('--port', values.port, highestPort);
  const latencyMs = wholeNumber('--latency', values.latency, longestLatency);
  const world = await loadWorld(values.world);
  const emulator = await listen({ world, port, latencyMs, onNote: (note) => console.error(`note: ${note}`) });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.close());
  // Makes the signing key now, so that the first job does not wait for it.
  await emulator.idToken();
  console.log(values.json ? JSON.stringify(variables(emulator)) : exports(emulator));
  console.log(`${values.json ? '' : '# '}listening on ${emulator.url}`);
}

function readArguments() {
  try {
    return parseArgs({ options });
  } catch (error) {
    throw new Error(`${String((error as Error).message).split('\n')[0]} (${usage})`, { cause: error });
  }
}

async function listen(settings: EmulatorOptions): Promise<Emulator> {
  try {
    return await startEmulator(settings);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== 'listen') throw error;
    const { code } = error as NodeJS.ErrnoException;
    const text = `--port ${settings.port} cannot be listened on (${code}); give another, or none for any free one`;
    throw new Error(text, { cause: error });
  }
}

function variables(emulator: Emulator): Record<string, string> {
  return { ...emulator.environment, ...emulator.instanceEnvironment, ...emulator.containerEnvironment };
}

// The machine variables stay comments: exported, they would make every AWS client here an instance or a container.
function exports(emulator: Emulator): string {
  const line = ([name, value]: [string, string]) => `export ${name}='${value}'`;
  const machines = { ...emulator.instanceEnvironment, ...emulator.containerEnvironment };
  return [
    ...Object.entries(emulator.environment).map(line),
    ...Object.entries(machines).map((entry) => `# ${line(entry)}`),
  ].join('\n');
}

function wholeNumber(option: string, text: string, highest: number): number {
  if (/^\d+$/.test(text) && Number(text) <= highest) return Number(text);
  throw new Error(`${option} must be a whole number from 0 to ${highest}, is '${text}'`);
}
