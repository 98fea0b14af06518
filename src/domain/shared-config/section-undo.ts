import type { SectionPlace } from './section-text.js';

/** A section as it was before a step changed it; has a `place` if the step removed it instead of replacing it. */
export interface OriginalSection {
  readonly text: string;
  readonly place?: SectionPlace;
}

/** How to undo the writing of one section, as JSON: the original text, but only fingerprints of the written text. */
export interface SectionUndo {
  readonly name: string;
  /** The fingerprint of the written section; null if it was removed. */
  readonly ours: string | null;
  readonly original: OriginalSection | null;
  /** The newline of the file. */
  readonly newline: string;
  /** Fingerprints of the written entries with secret values. */
  readonly secrets: readonly string[];
}

/** Makes an undo that removes the written section if it is unchanged, and restores nothing. */
export function takingOutOnly(undo: SectionUndo): SectionUndo {
  return { ...undo, original: null, secrets: [] };
}

const fingerprint = /^[0-9a-f]{64}$/;

/** Whether a parsed value is a valid undo. */
export function isSectionUndo(value: unknown): value is SectionUndo {
  if (!isRecord(value)) {
    return false;
  }
  const { name, ours, original, newline, secrets } = value;
  return (
    typeof name === 'string' &&
    (ours === null || isFingerprint(ours)) &&
    (original === null || isOriginal(original)) &&
    isNewline(newline) &&
    Array.isArray(secrets) &&
    secrets.every(isFingerprint)
  );
}

function isOriginal(value: unknown): boolean {
  return isRecord(value) && typeof value.text === 'string' && (value.place === undefined || isPlace(value.place));
}

function isPlace(value: unknown): boolean {
  if (!isRecord(value)) {
    return false;
  }
  const { newline, newlineSide, after, linesBelow } = value;
  const isAfter =
    after === 'no section' ||
    after === 'nothing' ||
    (isRecord(after) && typeof after.name === 'string' && Number.isSafeInteger(after.nth));
  const isSide = newlineSide === 'before' || newlineSide === 'after';
  return isAfter && isSide && Number.isSafeInteger(linesBelow) && /^(?:\r?\n)*$/.test(String(newline));
}

function isNewline(value: unknown): boolean {
  return value === '\n' || value === '\r\n';
}

function isFingerprint(value: unknown): boolean {
  return typeof value === 'string' && fingerprint.test(value);
}

/** Whether a value is an object and not an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
