import { isRecord, isSectionUndo, type SectionUndo } from '../shared-config/undo-record.js';
import { hmac } from './proof.js';
import type { ExportedVariable } from './undo-variables.js';

/** How to undo the changes to one AWS file. */
export interface FileUndo {
  readonly path: string;
  /** Whether the step created the file; it is removed if nothing else is in it. */
  readonly created: boolean;
  /** Folders created for it, the deepest first. */
  readonly folders: readonly string[];
  readonly sections: readonly SectionUndo[];
}

/** What to undo of a step. */
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
 * The runner passes a step's state to post in environment variables, which are limited to 32,767 characters on Windows
 * and 131,072 on Linux. Maximum bytes of a clean-up there; the sections of a longer one are written to a file.
 */
const mostInState = 12_000;

/** Maximum bytes of a clean-up without its sections, marks included. */
const mostWithMarks = 15_000;

/** Characters of a mark: six bytes, base64url. */
const markLength = 8;

/** A clean-up with its sections in a file of the step's folder. */
export interface KeptRecord {
  /** The secret that proves the file. */
  readonly key: string;
  /**
   * Short keyed fingerprints, concatenated, of the sections with secrets, which can be recognized without the
   * file. Empty if they do not fit into the state.
   */
  readonly marks: string;
}

/** A clean-up as the runner keeps it for post. */
export type KeptCleanUp = CleanUp & { readonly record?: KeptRecord };

/** The sections of each file, by its path. */
export type RecordedSections = Readonly<Record<string, readonly SectionUndo[]>>;

/** Whether a clean-up fits into the runner's state. */
export function fitsState(cleanUp: CleanUp): boolean {
  return Buffer.byteLength(JSON.stringify(cleanUp)) <= mostInState;
}

/** Removes the sections from a clean-up that is too long for the state. */
export function splitCleanUp(cleanUp: CleanUp, key: string): { kept: KeptCleanUp; sections: RecordedSections } {
  const { files } = cleanUp;
  const marks = files
    .flatMap(({ sections }) => sections)
    .flatMap(({ ours, secrets }) => (ours === null || secrets.length === 0 ? [] : [markOf(ours, key)]))
    .join('');
  const kept = (some: string): KeptCleanUp => ({
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

/** Adds the sections to a clean-up again. */
export function joinCleanUp({ record: _, ...cleanUp }: KeptCleanUp, sections: RecordedSections): CleanUp {
  return { ...cleanUp, files: cleanUp.files.map((file) => ({ ...file, sections: sections[file.path] ?? [] })) };
}

/** The marks of a record. */
export function marksOf({ marks }: KeptRecord): ReadonlySet<string> {
  return new Set(marks.match(new RegExp(`.{${markLength}}`, 'g')));
}

/** The mark of a section by its fingerprint. */
export function markOf(fingerprint: string, key: string): string {
  return hmac(fingerprint, key).subarray(0, 6).toString('base64url');
}

/** Reads the sections of a record; undefined if any part is invalid. */
export function parseRecordedSections(text: string): RecordedSections | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isWhole =
      isRecord(value) && Object.values(value).every((list) => Array.isArray(list) && list.every(isSectionUndo));
    return isWhole ? (value as RecordedSections) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is a record's key and marks. */
export function isKeptRecord(value: unknown): value is KeptRecord {
  const { key, marks } = (value ?? {}) as Partial<Record<keyof KeptRecord, unknown>>;
  return typeof key === 'string' && /^[0-9a-f]{64}$/.test(key) && typeof marks === 'string' && /^[\w-]*$/.test(marks);
}
