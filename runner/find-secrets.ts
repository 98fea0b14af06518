import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Finds files under a folder that contain any of the secrets, as sorted relative paths. Does not follow links. */
export async function findSecrets(folder: string, secrets: Iterable<string>): Promise<string[]> {
  const needles = [...secrets].map((secret) => Buffer.from(secret, 'utf8'));
  const found: string[] = [];
  for (const path of await filesUnder(folder)) {
    const bytes = await readFile(join(folder, path));
    if (needles.some((needle) => bytes.includes(needle))) {
      found.push(path);
    }
  }
  return found.sort();
}

async function filesUnder(folder: string, below = ''): Promise<string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const path = join(below, entry.name);
      if (entry.isDirectory()) {
        return filesUnder(folder, path);
      }
      return entry.isFile() ? [path] : [];
    }),
  );
  return nested.flat();
}
