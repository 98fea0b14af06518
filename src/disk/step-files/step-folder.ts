import { closeSync, constants, lstatSync, openSync, readdirSync, rmSync, unlinkSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { asFileProblem } from '../files/file-problem.js';

/** Matches the name of a step's folder. */
const folderName = /^assume-role-[0-9a-f-]{36}$/;

/** The path of a step's private folder in the job's temporary folder; `id` is a UUID. */
export function stepFolder(temporary: string, id: string): string {
  return join(temporary, `assume-role-${id}`);
}

/** The path of a target's plan in a step's folder. */
export function planFile(folder: string, index: number): string {
  return join(folder, `plan-${index}.json`);
}

/** Whether an absolute path is that of a step's folder, by its name. */
export function isStepFolder(folder: string): boolean {
  return isAbsolute(folder) && folderName.test(basename(folder));
}

/**
 * Removes a step's folder with everything in it; does nothing for a folder with another name. If the folder cannot be
 * removed, removes or empties its files and throws a `FileProblem`.
 */
export function removeStepFolder(folder: string): void {
  if (!isStepFolder(folder)) {
    return;
  }
  try {
    // On Windows, a file that is being read is removed later; and a running renewal may still write.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  } catch (error) {
    emptyFiles(folder);
    const fix = 'Remove it; the files in it were emptied as far as that was possible.';
    throw asFileProblem(error, `The folder ${folder} cannot be removed`, { path: folder, fix });
  }
}

function emptyFiles(folder: string): void {
  if (!lstatSync(folder).isDirectory()) {
    return;
  }
  for (const name of readdirSync(folder)) {
    for (const act of [unlinkSync, emptyFile]) {
      try {
        act(join(folder, name));
        break;
      } catch {
        // A file that cannot be removed is emptied.
      }
    }
  }
}

function emptyFile(path: string): void {
  const { O_WRONLY, O_TRUNC, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  closeSync(openSync(path, O_WRONLY | O_TRUNC | O_NOFOLLOW | O_NONBLOCK));
}
