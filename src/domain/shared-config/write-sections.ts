import { fingerprintOf } from '../input/fingerprint.js';
import { renderSection, type SectionEntries } from './render-section.js';
import { secretKeys } from './secrets-in-files.js';
import {
  appendPart,
  type FileParts,
  joinFile,
  newlineOf,
  type SectionText,
  splitFile,
  takeOut,
} from './section-text.js';
import type { OriginalSection, SectionUndo } from './section-undo.js';
import { entryOf, linesOf, normalName } from './sections.js';

/** The new content of a section; `null` removes it. */
export interface SectionWrite {
  readonly name: string;
  readonly entries: SectionEntries | null;
}

/** The error of a file with two sections of one name, which AWS's tools reject. */
export class DoubledSection extends Error {
  readonly section: string;

  constructor(section: string) {
    super(`The section [${section}] is there more than once.`);
    this.name = 'DoubledSection';
    this.section = section;
  }
}

/**
 * Replaces, adds or removes sections in one pass and changes no other byte. Throws before any change if something
 * cannot be written; throws `DoubledSection` if a section to write exists more than once.
 */
export function writeSections(text: string, writes: readonly SectionWrite[]): { text: string; undo: SectionUndo[] } {
  const file = splitFile(text);
  const newline = newlineOf(text);
  const parts = partsByName(file);
  const changes = writes.flatMap((write) => {
    const name = normalName(write.name);
    const [existing, second] = parts.get(name) ?? [];
    if (second !== undefined) {
      throw new DoubledSection(name);
    }
    const ours = write.entries === null ? null : renderSection(write.name, write.entries, newline);
    const original = writeSection(file, { name, ours, newline }, existing);
    const written = existing ?? file.sections.at(-1);
    parts.set(name, ours === null || written === undefined ? [] : [written]);
    return ours === null && original === null ? [] : [{ name, ours, original }];
  });
  return {
    text: joinFile(file),
    /** Computed on demand: a check before the first call needs none, and loading Node's crypto takes milliseconds. */
    get undo() {
      return changes.map(({ name, ours, original }) => {
        const secrets = secretPairsOf(ours ?? '').map(fingerprintOf);
        return { name, ours: ours === null ? null : fingerprintOf(ours), original, newline, secrets };
      });
    },
  };
}

function writeSection(
  file: FileParts,
  { name, ours, newline }: { name: string; ours: string | null; newline: string },
  existing: SectionText | undefined,
): OriginalSection | null {
  if (existing === undefined) {
    if (ours !== null) {
      appendPart(file, { name, text: ours }, newline);
    }
    return null;
  }
  const { text } = existing;
  if (ours === null) {
    return { text, place: takeOut(file, existing) };
  }
  existing.text = ours;
  return { text };
}

/** Groups the sections of a file by name. */
export function partsByName({ sections }: FileParts): Map<string, SectionText[]> {
  const byName = new Map<string, SectionText[]>();
  for (const part of sections) {
    const named = byName.get(part.name);
    if (named === undefined) {
      byName.set(part.name, [part]);
    } else {
      named.push(part);
    }
  }
  return byName;
}

/** The entries of a text with secret values, as `key=value` without spaces, to compare them by fingerprint. */
export function secretPairsOf(text: string): string[] {
  return linesOf(text).flatMap((line) => {
    const entry = entryOf(line.text);
    return entry !== undefined && secretKeys.has(entry.key) ? [`${entry.key}=${entry.value}`] : [];
  });
}
