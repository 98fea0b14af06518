import { readFile } from 'node:fs/promises';
import { parseWorld } from './parse-world.js';
import type { WorldDocument } from './world.js';

/** Reads a world from a JSON file (default: the example world); throws with the file's name and what to mend, all problems at once. */
export async function loadWorld(
  file: string | URL = new URL('../examples/organization.json', import.meta.url),
): Promise<WorldDocument> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const mend = 'give the path of a JSON file like emulator/examples/organization.json';
    throw new Error(`${String(file)}: the world cannot be read (${error.code}); ${mend}`, { cause: error });
  });
  try {
    return parseWorld(JSON.parse(text));
  } catch (error) {
    throw new Error(`${String(file)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
/** A fresh copy of the example world: a hub account, two spokes, a job of octo-org/octo-repo. */
export function exampleWorld(): Promise<WorldDocument> {
  return loadWorld();
}
