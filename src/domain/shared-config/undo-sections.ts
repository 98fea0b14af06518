import { fingerprintOf } from '../input/fingerprint.js';
import {
  type FileParts,
  joinFile,
  newlineOf,
  putBack,
  type SectionText,
  splitFile,
  takeOut,
  takeOutAdded,
} from './section-text.js';
import type { SectionUndo } from './section-undo.js';
import { linesOf } from './sections.js';
import { partsByName, secretPairsOf } from './write-sections.js';

/**
 * The outcome of undoing a section: `restored`; `changed` if another process changed it (the change is kept, and the
 * step's keys are removed from it); or `missing` if it is gone.
 */
export type UndoOutcome = 'restored' | 'changed' | 'missing';

/** The outcome of each section, the last one written first, and the resulting text. */
export interface UndoneSections {
  readonly text: string;
  readonly outcomes: readonly { readonly section: string; readonly outcome: UndoOutcome }[];
}

/** Undoes the writing of sections, the last one first; restores every byte if nothing changed since. Idempotent. */
export function undoSections(text: string, undo: readonly SectionUndo[]): UndoneSections {
  const file = splitFile(text);
  const parts = partsByName(file);
  const undone = undo.toReversed().map((section) => ({ section, outcome: undoSection(file, section, parts) }));
  const changed = undone.filter(({ outcome }) => outcome !== 'restored').map(({ section }) => section);
  return {
    text: withoutSecrets(joinFile(file), changed),
    outcomes: undone.map(({ section: { name }, outcome }) => ({ section: name, outcome })),
  };
}

function undoSection(file: FileParts, undo: SectionUndo, parts: Map<string, SectionText[]>): UndoOutcome {
  const { name, ours, original } = undo;
  const named = parts.get(name) ?? [];
  const isRestored =
    original === null ? ours === null && named.length === 0 : named.length === 1 && named[0]?.text === original.text;
  if (isRestored) {
    return 'restored';
  }
  const written = ours === null ? undefined : named.find((part) => fingerprintOf(part.text) === ours);
  if (written === undefined && (ours !== null || named.length > 0)) {
    return named.length > 0 ? 'changed' : 'missing';
  }
  const restored = restoreOriginal(file, written, undo);
  parts.set(name, restored === undefined ? [] : [restored]);
  return 'restored';
}

/** Replaces the written section by the original; returns the section that is there now. */
function restoreOriginal(
  file: FileParts,
  written: SectionText | undefined,
  { name, original, newline }: SectionUndo,
): SectionText | undefined {
  if (original === null) {
    if (written !== undefined) {
      takeOutAdded(file, written, newline);
    }
    return undefined;
  }
  if (written !== undefined && original.place === undefined) {
    written.text = original.text;
    return written;
  }
  if (written !== undefined) {
    takeOut(file, written);
  }
  return putBack(file, { name, text: original.text, place: original.place ?? atTheEnd }, newline);
}

/** Removes every section that passes a test; returns the text without them, and their names. */
export function takeOutWhere(
  text: string,
  isOurs: (section: SectionText) => boolean,
): { text: string; names: readonly string[] } {
  const file = splitFile(text);
  const taken = file.sections.filter(isOurs);
  for (const part of taken) {
    takeOutAdded(file, part, newlineOf(text));
  }
  return { text: joinFile(file), names: taken.map(({ name }) => name) };
}

/** The place of an original that was recorded without one, because a step replaced the section: the end of the file. */
const atTheEnd = { newline: '', newlineSide: 'after', after: 'no section', linesBelow: 0 } as const;

/**
 * Removes the lines with the step's secrets from the whole file, because a section that another process renamed or
 * merged still contains them. A changed section that is then empty is restored.
 */
function withoutSecrets(text: string, changed: readonly SectionUndo[]): string {
  const secrets = new Set(changed.flatMap((undo) => undo.secrets));
  if (secrets.size === 0) {
    return text;
  }
  const lines = linesOf(text);
  const kept = lines.filter((line) => !secretPairsOf(line.text).some((secret) => secrets.has(fingerprintOf(secret))));
  if (kept.length === lines.length) {
    return text;
  }
  const file = splitFile(
    text.slice(0, lines[0]?.start) + kept.map(({ start, next }) => text.slice(start, next)).join(''),
  );
  const parts = partsByName(file);
  for (const undo of changed) {
    const empty = parts.get(undo.name)?.find((part) => linesOf(part.text).length === 1);
    if (empty !== undefined) {
      restoreOriginal(file, empty, undo);
    }
  }
  return joinFile(file);
}
