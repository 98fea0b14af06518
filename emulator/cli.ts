import { decodeJwt } from 'jose';
import { endWithParent } from './command/end-with-parent.js';
import { helpText } from './command/option-rows.js';
import { variablesAsExports, variablesAsJson } from './command/printed-variables.js';
import { type CommandOptions, readOptions } from './command/read-options.js';
import type { Emulator, EmulatorOptions } from './server/emulator.js';
import { startEmulator } from './server/start-emulator.js';
import { loadWorld } from './world/load-world.js';
import type { WorldDocument } from './world/world.js';

// A reader that only wants the first lines, such as head, closes the stream; the emulator keeps serving.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', () => undefined);
}

await run().catch((error: unknown) => {
  // Prints one line, although the problems of a world contain line breaks.
  const text = (error instanceof Error ? error.message : String(error)).replace(/:\s*\n\s*/g, ': ');
  console.error(`emulator: ${text.replace(/\s*\n\s*/g, '; ')}`);
  process.exitCode = 2;
});

async function run(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(helpText());
    return;
  }
  const world = withClaims(await loadWorld(options.world), options.claims);
  const { port, latencyMs, rate } = options;
  const emulator = await listen({
    world: rate === undefined ? world : { ...world, rate },
    port,
    latencyMs,
    onNote: (note) => console.error(`note: ${note}`),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void emulator.close());
  }
  if (!options.keepRunning) {
    endWithParent(() => void emulator.close());
  }
  await announce(emulator, options);
}

function withClaims(world: WorldDocument, claims: CommandOptions['claims']): WorldDocument {
  const all = Object.entries({ ...world.job?.claims, ...claims });
  return { ...world, job: { ...world.job, claims: Object.fromEntries(all.filter(([, value]) => value !== '')) } };
}

async function listen(settings: EmulatorOptions): Promise<Emulator> {
  try {
    return await startEmulator(settings);
  } catch (error) {
    const { syscall, code } = error as NodeJS.ErrnoException;
    if (syscall !== 'listen') {
      throw error;
    }
    const reason =
      code === 'EADDRINUSE' ? 'another process already uses it' : `the operating system refused it (${code})`;
    const text = `--port ${settings.port}: ${reason}; give another port, or leave --port out for any free one`;
    throw new Error(text, { cause: error });
  }
}

/** Prints the variables, the job's subject, and finally that the emulator listens. */
async function announce(emulator: Emulator, { json, keepRunning }: CommandOptions): Promise<void> {
  // The first token creates the signing key, so that the first job does not wait for it.
  const { sub } = decodeJwt(await emulator.idToken());
  console.log(json ? variablesAsJson(emulator) : variablesAsExports(emulator));
  if (!json) {
    console.log(`# the job's ID token has the subject ${sub}`);
  }
  if (!json && keepRunning) {
    console.log(`# stop it with: kill ${process.pid}`);
  }
  console.log(`${json ? '' : '# '}listening on ${emulator.url}`);
}
