import { randomBytes, randomUUID } from 'node:crypto';
import { writeRecord } from '../../disk/step-files/clean-up-file.js';
import { keyFileOf, removeStateKey, writeStateKey } from '../../disk/step-files/state-key.js';
import { stepFolder } from '../../disk/step-files/step-folder.js';
import type { Environment } from '../../domain/input/environment.js';
import type { CleanUp } from '../../domain/undo/clean-up.js';
import { fitsState, type SavedCleanUp, splitCleanUp } from '../../domain/undo/clean-up.js';
import { jobKeys, sealState } from '../../domain/undo/sealed-state.js';
import { mask } from '../../github/masks.js';
import { saveText } from '../../github/state.js';
import { temporaryFolder } from '../machine/machine-files.js';

/** Saves the undo record of one step. */
export interface StateKeeper {
  /**
   * Saves a clean-up in place of an earlier one, with a proof that this step made it. Returns the clean-up with the
   * step's folder if that is needed for a file with the sections, so that the folder is removed too.
   */
  readonly save: (cleanUp: CleanUp) => CleanUp;
  /** Removes what was saved, because nothing is left to undo. */
  readonly forget: () => void;
}

/** Makes the keeper of a step's state. If the runner has no file for state, it saves nothing. */
export function openState(environment: Environment): StateKeeper {
  if (!environment.GITHUB_STATE) {
    return { save: (cleanUp) => cleanUp, forget: () => {} };
  }
  const keys = jobKeys(environment);
  const file = keys.length > 0 ? undefined : keyFile(environment);
  const undo: (() => void)[] = [];
  return {
    save(cleanUp) {
      const { kept, write } = keepable(cleanUp, environment);
      // File names are saved first, so that post can remove the files of a killed step.
      undo.push(saveText(sealState(kept, file === undefined ? keys : [file.key], file?.name), environment));
      file?.write();
      write();
      return withFolder(cleanUp, kept);
    },
    forget() {
      undo[0]?.();
      file?.remove();
    },
  };
}

function withFolder(cleanUp: CleanUp, { folder }: SavedCleanUp): CleanUp {
  return folder === undefined ? cleanUp : { ...cleanUp, folder };
}

/** Makes a random key for this step, with the functions that write it to a file and remove the file again. */
function keyFile(environment: Environment) {
  const [key, name, folder] = [randomBytes(32).toString('hex'), keyFileOf(randomUUID()), temporaryFolder(environment)];
  let isWritten = false;
  return {
    key,
    name,
    write() {
      if (!isWritten) {
        writeStateKey(folder, name, key);
        isWritten = true;
      }
    },
    remove: () => removeStateKey(folder, name),
  };
}

/** Returns what the state holds of a clean-up, and a function that writes the rest, if any, to a file. */
function keepable(cleanUp: CleanUp, environment: Environment): { kept: SavedCleanUp; write: () => void } {
  if (fitsState(cleanUp)) {
    return { kept: cleanUp, write: () => {} };
  }
  const key = randomBytes(32).toString('hex');
  // A runner may print state in its debug log.
  mask([key]);
  const folder = cleanUp.folder ?? stepFolder(temporaryFolder(environment), cleanUp.step);
  const { kept, sections } = splitCleanUp({ ...cleanUp, folder }, key);
  return { kept, write: () => writeRecord(folder, sections, key) };
}
