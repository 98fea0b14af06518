import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const disk = fileURLToPath(new URL('../../src/disk/', import.meta.url));

/** Bundles files of src/disk into a folder, as `NAME.mjs`, so that a script of `start` starts without a compiler. */
export async function bundle(folder: string, ...names: readonly string[]): Promise<void> {
  await build({
    input: names.map((name) => join(disk, `${name}.ts`)),
    platform: 'node',
    output: { dir: folder, entryFileNames: '[name].mjs', chunkFileNames: '[name]-shared.mjs' },
  });
}

/** Starts a module in a separate process with an empty environment. */
export async function start(folder: string, name: string, script: string): Promise<ChildProcess> {
  const file = join(folder, `${name}.mjs`);
  await writeFile(file, script);
  const env = process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : {};
  return spawn(process.execPath, [file], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Waits for a process to end; its exit code, or the signal that ended it. */
export async function ended(child: ChildProcess): Promise<number | string> {
  const [code, signal] = await once(child, 'exit');
  return code ?? signal;
}

/** Waits for the first output of a process. */
export async function says(child: ChildProcess): Promise<string> {
  const [chunk] = await once(child.stdout ?? child, 'data');
  return String(chunk);
}
