import type { Emulator } from '../server/emulator.js';

/** The variables as one line of JSON. */
export function variablesAsJson(emulator: Emulator): string {
  return JSON.stringify({
    ...emulator.environment,
    ...emulator.instanceEnvironment,
    ...emulator.containerEnvironment,
  });
}

/**
 * The variables as lines that a shell can read.
 * Those of the instance and the container are comments: with them, AWS clients in this shell would use their credentials.
 */
export function variablesAsExports(emulator: Emulator): string {
  const line = ([name, value]: [string, string]) => `export ${name}='${value}'`;
  const machines = { ...emulator.instanceEnvironment, ...emulator.containerEnvironment };
  return [
    ...Object.entries(emulator.environment).map(line),
    ...Object.entries(machines).map((entry) => `# ${line(entry)}`),
  ].join('\n');
}
