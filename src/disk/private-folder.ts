import { mkdir, rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { asFileProblem, codeOf, FileProblem } from './file-problem.js';
import { lstatIfPresent } from './regular-file.js';

const mayWrite = 'Let the user the job runs as write there.';

/** Makes a folder and those above it with mode 0700; answers the ones it made, the deepest first; refuses symlinks. */
export async function ensureFolder(folder: string): Promise<string[]> {
  const path = resolve(folder);
  const made = new Set<string>();
  // More than once where another job removes the folder, empty for a moment, under our hands.
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    for (const each of await makeFolders(path)) made.add(each);
    const found = await lstatIfPresent(path);
    if (found?.isDirectory()) return [...made];
    if (found === undefined) continue;
    const what = found.isSymbolicLink() ? 'a symbolic link' : 'no folder';
    throw new FileProblem(`${path} is ${what}.`, { path, fix: 'Put a real folder in its place.' });
  }
  throw new FileProblem(`The folder ${path} cannot be made.`, { path, fix: mayWrite });
}

// One by one, as only so it is certain which of them were not there before.
async function makeFolders(path: string): Promise<string[]> {
  const above = dirname(path);
  const first = await makeFolder(path);
  if (first !== 'nothing above' || above === path) return first === 'made' ? [path] : [];
  const madeAbove = await makeFolders(above);
  return (await makeFolder(path)) === 'made' ? [path, ...madeAbove] : madeAbove;
}

async function makeFolder(path: string): Promise<'made' | 'there' | 'nothing above'> {
  try {
    await mkdir(path, { mode: 0o700 });
    return 'made';
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return 'there';
    if (codeOf(error) === 'ENOENT') return 'nothing above';
    throw asFileProblem(error, `The folder ${path} cannot be made`, { path, fix: mayWrite });
  }
}

/** Removes a folder if nothing is in it; answers whether it did. */
export async function removeFolderIfEmpty(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    () => false,
  );
}
