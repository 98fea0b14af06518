import { readFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { readJson } from './json-text.js';
import { parseWorldFile } from './parse-world.js';
import type { WorldDocument } from './world.js';

const organization = new URL('../examples/organization.json', import.meta.url);

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
};

/** Loads a world from a JSON file (default: the large example). Throws with the file and each problem's line. */
export async function loadWorld(file: string | URL = organization): Promise<WorldDocument> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const reason = `${reasons[error.code ?? ''] ?? error.code}${placeOf(file)}`;
    const fix = 'give the path of a JSON file such as emulator/examples/small.json';
    throw new Error(`${String(file)}: the world cannot be read (${reason}); ${fix}`, { cause: error });
  });
  try {
    return parseWorldFile(readJson(text));
  } catch (error) {
    throw new Error(`${String(file)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** The folder of relative paths. Under npm it is the package's folder, not the caller's. */
function placeOf(file: string | URL): string {
  return typeof file === 'string' && !isAbsolute(file) ? `, seen from ${process.cwd()}` : '';
}

let example: Promise<WorldDocument> | undefined;

/** A fresh copy of the large example: a hub account, two spokes, a job of octo-org/octo-repo. The file is read once. */
export async function exampleWorld(): Promise<WorldDocument> {
  example ??= loadWorld();
  return structuredClone(await example);
}
