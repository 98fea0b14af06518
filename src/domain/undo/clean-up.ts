import { tryJson } from '../input/try-json.js';
import { isRecord, isSectionUndo, type SectionUndo } from '../shared-config/section-undo.js';
import { hmac } from './hmac.js';
import type { ExportedVariable } from './undo-variables.js';

/** How to undo the changes to one AWS file. */
export interface FileUndo {
  readonly path: string;
  /** Whether the step created the file, so that post removes it if it is then empty. */
  readonly created: boolean;
  /** The folders that the step created for the file, the deepest first. */
  readonly folders: readonly string[];
  readonly sections: readonly SectionUndo[];
}

/** What post has to undo of a step. */
export interface CleanUp {
  /** Identifies this step among others that use the same files: a UUID. */
  readonly step: string;
  readonly variables: readonly ExportedVariable[];
  /** The step's folder, with refresh plans and caches. */
  readonly folder?: string;
  readonly files: readonly FileUndo[];
  /** When the first exported session without renewal expires: RFC 3339, UTC. */
  readonly ends?: string;
}

/**
 * Maximum bytes of a clean-up in the step's state; the sections of a larger one are written to a file. The runner
 * passes the state to post as environment variables, which hold 32,767 characters on Windows, and 131,072 on Linux.
 */
const mostInState = 12_000;

/** Maximum bytes of a clean-up in the state if its sections are in a file. The marks are left out if it has more. */
const mostWithMarks = 15_000;

/** Characters of a mark: six bytes in base64url. */
const markLength = 8;

/** What the state holds of a clean-up whose sections are in a file of the step's folder. */
export interface SavedRecord {
  /** The secret key with which the proof in the file was made. */
  readonly key: string;
  /**
   * The marks of the written sections that contain secrets, one after another. With them, post recognizes and removes
   * these sections even if the file is lost. Empty if the marks do not fit into the state.
   */
  readonly marks: string;
}

/** A clean-up as it is in the state: without its sections if these are in a file. */
export type SavedCleanUp = CleanUp & { readonly record?: SavedRecord };

/** The written sections of each AWS file, by the path of the file. */
export type RecordedSections = Readonly<Record<string, readonly SectionUndo[]>>;

/** Whether a clean-up fits into the step's state. */
export function fitsState(cleanUp: CleanUp): boolean {
  return Buffer.byteLength(JSON.stringify(cleanUp)) <= mostInState;
}

/** Splits a clean-up that is too large for the state into what the state holds and the sections for a file. */
export function splitCleanUp(cleanUp: CleanUp, key: string): { kept: SavedCleanUp; sections: RecordedSections } {
  const { files } = cleanUp;
  const marks = files
    .flatMap(({ sections }) => sections)
    .flatMap(({ ours, secrets }) => (ours === null || secrets.length === 0 ? [] : [markOf(ours, key)]))
    .join('');
  const kept = (some: string): SavedCleanUp => ({
    ...cleanUp,
    files: files.map((file) => ({ ...file, sections: [] })),
    record: { key, marks: some },
  });
  const hasRoom = Buffer.byteLength(JSON.stringify(kept(marks))) <= mostWithMarks;
  return {
    kept: kept(hasRoom ? marks : ''),
    sections: Object.fromEntries(files.map(({ path, sections }) => [path, sections])),
  };
}

/** Joins what `splitCleanUp` split. */
export function joinCleanUp({ record: _, ...cleanUp }: SavedCleanUp, sections: RecordedSections): CleanUp {
  return { ...cleanUp, files: cleanUp.files.map((file) => ({ ...file, sections: sections[file.path] ?? [] })) };
}

/** The set of a record's marks. */
export function marksOf({ marks }: SavedRecord): ReadonlySet<string> {
  return new Set(marks.match(new RegExp(`.{${markLength}}`, 'g')));
}

/** The mark of a section: the start of an HMAC of its fingerprint. */
export function markOf(fingerprint: string, key: string): string {
  return hmac(fingerprint, key).subarray(0, 6).toString('base64url');
}

/** Parses the sections from the text of their file; undefined if any part is invalid. */
export function parseRecordedSections(text: string): RecordedSections | undefined {
  const value = tryJson(text);
  const isWhole =
    isRecord(value) && Object.values(value).every((list) => Array.isArray(list) && list.every(isSectionUndo));
  return isWhole ? (value as RecordedSections) : undefined;
}

/** Whether a parsed value is a valid `KeptRecord`. */
export function isSavedRecord(value: unknown): value is SavedRecord {
  const { key, marks } = (value ?? {}) as Partial<Record<keyof SavedRecord, unknown>>;
  return typeof key === 'string' && /^[0-9a-f]{64}$/.test(key) && typeof marks === 'string' && /^[\w-]*$/.test(marks);
}
