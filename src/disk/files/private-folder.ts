import { accessSync, constants, lstatSync, mkdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { asFileProblem, codeOf, FileProblem } from './file-problem.js';

const mayWrite = 'Allow the user of the job to write there.';

/** Returns the folders of a path that do not exist, the deepest first; throws a `FileProblem` if it is not a folder. */
export function missingFolders(folder: string): string[] {
  const path = resolve(folder);
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && !stats.isDirectory()) {
      const what = stats.isSymbolicLink() ? 'a symbolic link' : 'not a folder';
      throw new FileProblem(`${path} is ${what}.`, { path, fix: 'Move it, or set another path.' });
    }
    return stats === undefined ? [path, ...missingAbove(path)] : [];
  } catch (error) {
    throw asFileProblem(error, `The folder ${path} cannot be created`, { path, fix: mayWrite });
  }
}

/** The missing folders above a path. Folders above may be links, as homes sometimes are; the last one may not. */
function missingAbove(path: string): string[] {
  const above = dirname(path);
  return above === path || statSync(above, { throwIfNoEntry: false }) !== undefined
    ? []
    : [above, ...missingAbove(above)];
}

/**
 * Creates a folder and its parents with mode 0700; returns those that it created, the deepest first. Throws a
 * `FileProblem` if it cannot, or for a symbolic link.
 */
export function ensureFolder(folder: string): string[] {
  const made = new Set<string>();
  // Another job may remove an empty folder meanwhile; then this is repeated.
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    const missing = missingFolders(folder);
    if (missing.length === 0) {
      return [...made];
    }
    for (const path of missing.toReversed()) {
      if (makeFolder(path)) {
        made.add(path);
      }
    }
  }
  throw new FileProblem(`The folder ${folder} cannot be created.`, { path: folder, fix: mayWrite });
}

/** Throws a `FileProblem` if nothing can be created in a folder or, if the folder is missing, in its nearest parent. */
export function checkWritable(folder: string): void {
  const [above = folder] = missingFolders(folder)
    .map((path) => dirname(path))
    .slice(-1);
  try {
    accessSync(above, constants.W_OK | constants.X_OK);
  } catch (error) {
    const fix = codeOf(error) === 'EROFS' ? 'Give a path that is not mounted read-only.' : mayWrite;
    throw asFileProblem(error, `Nothing can be written in ${above}`, { path: above, fix });
  }
}

function makeFolder(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || codeOf(error) === 'ENOENT') {
      return false;
    }
    throw asFileProblem(error, `The folder ${path} cannot be created`, { path, fix: mayWrite });
  }
}

/** Removes an empty folder; returns whether it did. */
export function removeFolderIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
