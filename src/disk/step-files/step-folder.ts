import { closeSync, constants, lstatSync, openSync, readdirSync, rmSync, unlinkSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { asFileProblem } from '../files/file-problem.js';

/** The folder of one step: private, under the job's own temporary folder. */
const folderName = /^assume-role-[0-9a-f-]{36}$/;

/** The path of the folder of a step with this id. */
export function stepFolder(temporary: string, id: string): string {
  return join(temporary, `assume-role-${id}`);
}

/** The plan file of a target in a step's folder. */
export function planFile(folder: string, index: number): string {
  return join(folder, `plan-${index}.json`);
}

/** Whether a folder name is that of a step's folder. */
export function isStepFolder(folder: string): boolean {
  return isAbsolute(folder) && folderName.test(basename(folder));
}

/**
 * Removes a step's folder with everything in it; rejects a folder of another name. If the folder itself cannot be
 * removed, its files are truncated and a `FileProblem` is thrown.
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
        // Try the next way, if any.
      }
    }
  }
}

function emptyFile(path: string): void {
  const { O_WRONLY, O_TRUNC, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  closeSync(openSync(path, O_WRONLY | O_TRUNC | O_NOFOLLOW | O_NONBLOCK));
}
