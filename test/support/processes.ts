import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An import of everything that a file of src/disk exports, as `room`, for a script of `start`. */
export function importing(source: string): string {
  return `import * as room from ${JSON.stringify(new URL(`../../src/disk/${source}`, import.meta.url).href)};\n`;
}

/** Starts a TypeScript module in a separate process with an empty environment. */
export async function start(folder: string, name: string, script: string): Promise<ChildProcess> {
  const file = join(folder, `${name}.mts`);
  await writeFile(file, script);
  const env = process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : {};
  return spawn(process.execPath, ['--import', import.meta.resolve('tsx'), file], {
    cwd: folder,
    env: { ...env, TSX_DISABLE_CACHE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
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
