import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Everything below some folders: the kind, mode and bytes of each path, without the runner's own files. */
export async function pathsBelow(folders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const folder of folders) {
    for (const name of await readdir(folder, { recursive: true })) {
      if (!name.startsWith('_runner_file_commands')) {
        found.set(join(folder, name), await described(join(folder, name)));
      }
    }
  }
  return found;
}

async function described(path: string): Promise<string> {
  const stats = await lstat(path);
  const mode = (stats.mode & 0o777).toString(8);
  if (stats.isFile()) {
    const hash = createHash('sha256')
      .update(await readFile(path))
      .digest('base64');
    return `a file of mode ${mode}, ${stats.size} bytes, ${hash.slice(0, 8)}`;
  }
  if (stats.isSymbolicLink()) {
    return `a link to ${await readlink(path)}`;
  }
  return stats.isDirectory() ? `a folder of mode ${mode}` : 'neither file nor folder';
}

/** The differences between two snapshots. */
export function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => `${name} (${before.get(name) ?? 'nothing'} -> ${after.get(name) ?? 'nothing'})`);
}
