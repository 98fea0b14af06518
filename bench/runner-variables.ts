import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const commandFiles = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'];

/** The runner's variables of a step whose home and temporary folder is `folder`. Creates the command files in it. */
export function runnerVariables(folder: string): Record<string, string> {
  const files = commandFiles.map((name) => [name, join(folder, name)] as const);
  for (const [, file] of files) {
    writeFileSync(file, '');
  }
  return { HOME: folder, RUNNER_TEMP: folder, ...Object.fromEntries(files) };
}
