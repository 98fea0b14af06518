import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { parseProfilesUndo } from '../disk/parse-profiles-undo.js';
import { isRefreshFolder } from '../disk/refresh-writer.js';
import { type ProfilesUndo, sha256 } from '../disk/restore-profiles.js';
import { keyFileOf, readStateKey, removeStateKey, writeStateKey } from '../disk/state-key.js';
import { blankedOnly, type ExportedVariable, parseVariables } from '../domain/handover/clean-up.js';
import { isProven, jobKeys, parseState, type SealedState, sealState } from '../domain/handover/sealed-state.js';
import type { Environment } from '../domain/input/environment.js';
import { takingOutOnly } from '../domain/shared-config/section-undo-shape.js';
import { savedText, saveText } from '../github/state.js';
import { awsFiles } from './machine-files.js';

/** What main kept for post: everything it did, and nothing else. */
export interface CleanUp {
  readonly variables: readonly ExportedVariable[];
  /** The folder of plans and caches. */
  readonly folder?: string;
  readonly profiles?: ProfilesUndo;
}

/** Saves the undo record of one step. */
export interface StateKeeper {
  /** Saves a record in the place of an earlier one, with a proof that this step made it. */
  readonly save: (cleanUp: CleanUp) => void;
  /** Removes what proves it, where that is a file: there is nothing left to undo. */
  readonly forget: () => void;
}

/** What post finds. `unproven` says that nobody can tell who wrote it, and holds only what takes away. */
export type KeptState =
  | { readonly kind: 'none' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'proven' | 'unproven'; readonly cleanUp: CleanUp };

/** Opens the state of a step that is about to change something. */
export function openState(environment: Environment): StateKeeper {
  const keys = jobKeys(environment);
  if (keys.length > 0) {
    return { save: (cleanUp) => saveText(sealState(cleanUp, keys)), forget: () => {} };
  }
  const [key, name, folder] = [randomBytes(32).toString('hex'), keyFileOf(randomUUID()), temporaryFolder(environment)];
  let isWritten = false;
  return {
    save(cleanUp) {
      // The name is saved first: a step that is killed in between leaves no file that post does not know.
      saveText(sealState(cleanUp, [key], name));
      if (!isWritten) {
        writeStateKey(folder, name, key);
        isWritten = true;
      }
    },
    forget: () => removeStateKey(folder, name),
  };
}

/** Reads what main kept. Only what a step can have done is accepted, and what it cannot prove only takes away. */
export function readState(environment: Environment): KeptState {
  const text = savedText(environment);
  const state = text === undefined ? undefined : parseState(text);
  if (state === undefined) {
    return { kind: text === undefined ? 'none' : 'refused' };
  }
  const isOurs = isProven(state, [...jobKeys(environment), ...fileKey(state, environment)]);
  const cleanUp = parseCleanUp(state.undo, isOurs, environment);
  if (cleanUp === undefined) {
    return { kind: 'refused' };
  }
  return isOurs ? { kind: 'proven', cleanUp } : { kind: 'unproven', cleanUp: takingAwayOnly(cleanUp, environment) };
}

/** Removes the file that proved a state, once it is undone. */
export function forgetState(environment: Environment): void {
  const name = parseState(savedText(environment) ?? '')?.keyFile;
  if (name !== undefined) {
    removeStateKey(temporaryFolder(environment), name);
  }
}

function fileKey({ keyFile }: SealedState, environment: Environment): readonly string[] {
  const key = keyFile === undefined ? undefined : readStateKey(temporaryFolder(environment), keyFile);
  return key === undefined ? [] : [key];
}

function parseCleanUp(undo: unknown, isOurs: boolean, environment: Environment): CleanUp | undefined {
  const { variables: listed, folder, profiles: written } = undo as Partial<Record<keyof CleanUp, unknown>>;
  const variables = parseVariables(listed);
  const files = Object.values(awsFiles(environment)).map((path) => resolve(path));
  const profiles =
    written === undefined ? undefined : parseProfilesUndo(written, (path) => isOurs || files.includes(resolve(path)));
  const isFolder = folder === undefined || (typeof folder === 'string' && isRefreshFolder(folder));
  const isAllowed = isFolder && (isOurs || folder === undefined || isWithin(folder, temporaryFolder(environment)));
  if (variables === undefined || (written !== undefined && profiles === undefined) || !isAllowed) {
    return undefined;
  }
  return { variables, ...(folder !== undefined && { folder }), ...(profiles !== undefined && { profiles }) };
}

/** Whoever does not know the keys cannot name the fingerprint of a variable or section that holds them. */
function takingAwayOnly({ variables, profiles, folder }: CleanUp, environment: Environment): CleanUp {
  const { credentialsFile } = awsFiles(environment);
  const files = profiles?.files
    .filter(({ path }) => resolve(path) === resolve(credentialsFile))
    .map((file) => ({ ...file, createdFolders: [], sections: file.sections.map(takingOutOnly) }));
  return {
    variables: blankedOnly(variables, sha256('')),
    ...(folder !== undefined && { folder }),
    ...(files !== undefined && { profiles: { files } }),
  };
}

function isWithin(folder: string, parent: string): boolean {
  return resolve(folder, '..') === resolve(parent);
}

function temporaryFolder({ RUNNER_TEMP }: Environment): string {
  return RUNNER_TEMP || tmpdir();
}
