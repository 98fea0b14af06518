import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is deleted after the test. */
export async function temporaryFolder(name = 'test'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${name}-`));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

/** A home folder with these AWS files, deleted after the test. Without `files` it has no `.aws`. */
export async function homeWith(files?: Readonly<Record<string, string>>, mode = 0o600): Promise<string> {
  const home = await temporaryFolder('home');
  if (files !== undefined) {
    await mkdir(join(home, '.aws'), { mode: 0o700 });
  }
  for (const [name, text] of Object.entries(files ?? {})) {
    await writeFile(join(home, '.aws', name), text);
    await chmod(join(home, '.aws', name), mode);
  }
  return home;
}

/** Texts of files by relative path. */
export type Files = Readonly<Record<string, string>>;

/** Writes private files into a folder. */
export async function putFiles(folder: string, files: Files = {}): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text, { mode: 0o600 });
  }
}
