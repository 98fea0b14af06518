import { randomBytes, randomUUID } from 'node:crypto';
import { keyFileOf, removeStateKey, writeStateKey } from '../disk/state-key.js';
import { stepFolder } from '../disk/step-folder.js';
import { markOf, writeRecord } from '../disk/undo-record.js';
import type { CleanUp } from '../domain/handover/clean-up.js';
import { fitsState, type KeptCleanUp, splitCleanUp } from '../domain/handover/kept-clean-up.js';
import { jobKeys, sealState } from '../domain/handover/sealed-state.js';
import type { Environment } from '../domain/input/environment.js';
import { mask } from '../github/masks.js';
import { saveText } from '../github/state.js';
import { temporaryFolder } from './machine-files.js';

/** Saves what is to be undone of one step. */
export interface StateKeeper {
  /**
   * Saves a clean-up in the place of an earlier one, with a proof that this step made it. Returns what is to be undone
   * with it: a long one needs a folder of its own.
   */
  readonly save: (cleanUp: CleanUp) => CleanUp;
  /** Takes all of it out again: there is nothing left to undo. */
  readonly forget: () => void;
}

/** Opens the state of a step that is about to change something. Without the runner's file for it, nothing is kept. */
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
      // The names of files are saved first: a step that is killed in between leaves none that post does not know.
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

function withFolder(cleanUp: CleanUp, { folder }: KeptCleanUp): CleanUp {
  return folder === undefined ? cleanUp : { ...cleanUp, folder };
}

/** A key of this step alone, for a job that has none. */
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

/** What goes to the state, and what writes the rest to a file where it is too long. */
function keepable(cleanUp: CleanUp, environment: Environment): { kept: KeptCleanUp; write: () => void } {
  if (fitsState(cleanUp)) {
    return { kept: cleanUp, write: () => {} };
  }
  const key = randomBytes(32).toString('hex');
  // A runner may show state in its debug log.
  mask([key]);
  const folder = cleanUp.folder ?? stepFolder(temporaryFolder(environment), cleanUp.step);
  const { kept, sections } = splitCleanUp({ ...cleanUp, folder }, key, (fingerprint) => markOf(fingerprint, key));
  return { kept, write: () => writeRecord(folder, sections, key) };
}
