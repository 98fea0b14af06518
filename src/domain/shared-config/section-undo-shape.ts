import type { SectionUndo } from './write-sections.js';

const fingerprint = /^[0-9a-f]{64}$/;

/** Whether a value that was saved has the form of a section's undo. */
export function isSectionUndo(value: unknown): value is SectionUndo {
  const undo = (value ?? {}) as Partial<Record<keyof SectionUndo, unknown>>;
  return (
    typeof undo.name === 'string' &&
    (undo.ours === null || isFingerprint(undo.ours)) &&
    (undo.original === null || isOriginal(undo.original)) &&
    (undo.newline === '\n' || undo.newline === '\r\n') &&
    Array.isArray(undo.secrets) &&
    undo.secrets.every(isFingerprint)
  );
}

/** The same undo, but it only takes out the whole section as it was written, and puts nothing back. */
export function takingOutOnly(undo: SectionUndo): SectionUndo {
  return { ...undo, original: null, secrets: [] };
}

function isOriginal(value: unknown): boolean {
  const { text, place } = (value ?? {}) as { text?: unknown; place?: unknown };
  return typeof text === 'string' && (place === undefined || (typeof place === 'object' && place !== null));
}

function isFingerprint(value: unknown): boolean {
  return typeof value === 'string' && fingerprint.test(value);
}
