import { parseArgs } from 'node:util';
import { loadWorld } from './example-world.js';
import { type Emulator, startEmulator } from './server.js';

const usage = 'usage: tsx emulator/cli.ts [--world FILE] [--port N] [--latency MS] [--json]';

const { values } = parseArgs({
  options: {
    world: { type: 'string' },
    port: { type: 'string', default: '0' },
    latency: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else await run();

async function run(): Promise<void> {
  const emulator = await startEmulator({
    world: await loadWorld(values.world),
    port: wholeNumber('--port', values.port),
    latencyMs: wholeNumber('--latency', values.latency),
    onNote: (note) => console.error(`note: ${note}`),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.close());
  // Makes the signing key now, so that the first job does not wait for it.
  await emulator.idToken();
  console.log(values.json ? JSON.stringify(variables(emulator)) : exports(emulator));
  console.log(`${values.json ? '' : '# '}listening on ${emulator.url}`);
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

function wholeNumber(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`${option} must be a whole number, is '${text}'\n${usage}`);
  return Number(text);
}
