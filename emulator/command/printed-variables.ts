import type { Emulator } from '../server/emulator.js';
import { allVariables } from '../server/environments.js';

/** The variables as one line of JSON. */
export function variablesAsJson(emulator: Emulator): string {
  return JSON.stringify(allVariables(emulator));
}

/**
 * The variables as `export` lines for a shell. Those of the instance and the container are commented out, because AWS
 * clients in this shell would use their credentials.
 */
export function variablesAsExports(emulator: Emulator): string {
  const line = ([name, value]: [string, string]) => `export ${name}='${value}'`;
  const machines = { ...emulator.instanceEnvironment, ...emulator.containerEnvironment };
  return [
    ...Object.entries(emulator.environment).map(line),
    ...Object.entries(machines).map((entry) => `# ${line(entry)}`),
  ].join('\n');
}
