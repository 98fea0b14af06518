import { isAbsolute, resolve } from 'node:path';
import { RecordLost, readRecord } from '../../disk/step-files/clean-up-file.js';
import { readStateKey, removeStateKey } from '../../disk/step-files/state-key.js';
import { isStepFolder } from '../../disk/step-files/step-folder.js';
import type { Environment } from '../../domain/input/environment.js';
import { isSectionUndo, takingOutOnly } from '../../domain/shared-config/section-undo.js';
import {
  type CleanUp,
  type FileUndo,
  isSavedRecord,
  joinCleanUp,
  type SavedCleanUp,
} from '../../domain/undo/clean-up.js';
import { isProven, jobKeys, parseState, type SealedState } from '../../domain/undo/sealed-state.js';
import { blankedOnly, parseVariables } from '../../domain/undo/undo-variables.js';
import { savedText } from '../../github/state.js';
import type { LostSections } from '../handover/undo-files.js';
import { awsFiles, temporaryFolder } from '../machine/machine-files.js';

/**
 * The state that post finds. `refused`: this action did not write it. `unproven`: it cannot be proven that this step
 * wrote it, so `cleanUp` restores nothing and only removes keys.
 */
export type SavedState =
  | { readonly kind: 'none' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'proven' | 'unproven'; readonly cleanUp: CleanUp; readonly lost?: LostSections };

/**
 * Reads the state that the main step saved. Accepts only changes that a step can make, and from unproven state only
 * removals.
 */
export async function readState(environment: Environment): Promise<SavedState> {
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
  return isOurs
    ? { kind: 'proven', ...(await withSections(cleanUp)) }
    : { kind: 'unproven', cleanUp: removalsOnly(cleanUp, environment) };
}

/** Adds the sections to a clean-up whose sections are in a file; if the file is lost, says so in `lost`. */
async function withSections(kept: SavedCleanUp): Promise<{ cleanUp: CleanUp; lost?: LostSections }> {
  const { record, folder } = kept;
  if (record === undefined || folder === undefined) {
    return { cleanUp: kept };
  }
  try {
    return { cleanUp: joinCleanUp(kept, await readRecord(folder, record.key)) };
  } catch (error) {
    if (!(error instanceof RecordLost)) {
      throw error;
    }
    return { cleanUp: kept, lost: { ...record, reason: error.message } };
  }
}

/** Removes the key file of the state, if it has one. */
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

function parseCleanUp(undo: unknown, isOurs: boolean, environment: Environment): SavedCleanUp | undefined {
  const { step, variables, folder, files, ends, record } = undo as Partial<Record<keyof SavedCleanUp, unknown>>;
  const listed = parseVariables(variables);
  const allowed = Object.values(awsFiles(environment)).map((path) => resolve(path));
  const isFile = (value: unknown) => isFileUndo(value) && (isOurs || allowed.includes(resolve(value.path)));
  const isFolder =
    folder === undefined ||
    (typeof folder === 'string' && isStepFolder(folder) && (isOurs || isWithin(folder, temporaryFolder(environment))));
  const isEnd = ends === undefined || (typeof ends === 'string' && !Number.isNaN(Date.parse(ends)));
  const isRecord = record === undefined || (isOurs && isSavedRecord(record));
  const isWhole = typeof step === 'string' && listed !== undefined && Array.isArray(files) && files.every(isFile);
  return isWhole && isFolder && isEnd && isRecord ? (undo as SavedCleanUp) : undefined;
}

function isFileUndo(value: unknown): value is FileUndo {
  const { path, created, folders, sections } = (value ?? {}) as Partial<Record<keyof FileUndo, unknown>>;
  return (
    isPath(path) &&
    typeof created === 'boolean' &&
    Array.isArray(folders) &&
    folders.every(isPath) &&
    Array.isArray(sections) &&
    sections.every(isSectionUndo)
  );
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && isAbsolute(value) && !value.includes('\0');
}

/**
 * Reduces an unproven clean-up to removals of the step's keys. These are safe: a removal needs the fingerprint of a
 * value or section with keys, and who does not know the keys cannot compute it.
 */
function removalsOnly({ variables, files, folder }: CleanUp, environment: Environment): CleanUp {
  const { credentialsFile } = awsFiles(environment);
  return {
    step: '',
    variables: blankedOnly(variables),
    ...(folder !== undefined && { folder }),
    files: files
      .filter(({ path }) => resolve(path) === resolve(credentialsFile))
      .map((file) => ({ ...file, folders: [], sections: file.sections.map(takingOutOnly) })),
  };
}

function isWithin(folder: string, parent: string): boolean {
  return resolve(folder, '..') === resolve(parent);
}
