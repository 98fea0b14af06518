import { type Entries, renderSection } from './render-section.js';
import { type Block, blocksOf, entryOf, type Line, linesOf, normalName } from './sections.js';

/** A one-way digest such as SHA-256, so that an undo can recognise what was written without holding it. */
export type Fingerprint = (text: string) => string;

/** What a section shall become; `null` takes it out. */
export interface SectionWrite {
  readonly name: string;
  readonly entries: Entries | null;
}

/** A section taken out whole: its bytes, the newline that went with it, and the place it stood. */
export interface RemovedBlock {
  readonly text: string;
  readonly newline: string;
  readonly newlineSide: 'before' | 'after';
  /** The section above it, the how-many-th of its name, or that there was none, or not even a byte. */
  readonly after: { readonly name: string; readonly nth: number } | 'no section' | 'nothing';
  /** Blank lines and comments between it and the next section. */
  readonly linesBelow: number;
}

/** How to take one written section back, as JSON: the original's own bytes and, of ours, only fingerprints. */
export interface SectionUndo {
  readonly name: string;
  readonly ours: string | null;
  readonly original: string | null;
  readonly newline: string;
  readonly removed: readonly RemovedBlock[];
  readonly secrets: readonly string[];
}

/** A text with one section written, and how to take it back. */
export interface Splice {
  readonly text: string;
  readonly undo: SectionUndo;
}

const secretKeys: ReadonlySet<string> = new Set([
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'credential_process',
]);

/** Writes several sections, one after the other; throws before anything is done on what cannot be written. */
export function setSections(
  text: string,
  writes: readonly SectionWrite[],
  fingerprint: Fingerprint,
): { text: string; undo: SectionUndo[] } {
  const undo: SectionUndo[] = [];
  let current = text;
  for (const write of writes) {
    const splice = setSection(current, write, fingerprint);
    current = splice.text;
    undo.push(splice.undo);
  }
  return { text: current, undo };
}

/** Replaces a section and all its duplicates, or appends it, touching no other byte; throws on what cannot be written. */
export function setSection(text: string, write: SectionWrite, fingerprint: Fingerprint): Splice {
  const name = normalName(write.name);
  const newline = /\r?\n/.exec(text)?.[0] ?? '\n';
  const ours = write.entries === null ? null : renderSection(write.name, write.entries, newline);
  const cleared = removeAfter(text, name, ours === null ? 0 : 1);
  const put = ours === null ? { text: cleared.text, original: null } : putBlock(cleared.text, { name, ours, newline });
  return {
    text: put.text,
    undo: {
      name,
      ours: ours === null ? null : fingerprint(ours),
      original: put.original,
      newline,
      removed: cleared.removed,
      secrets: secretsOf(ours ?? '').map(fingerprint),
    },
  };
}

function putBlock(text: string, block: { name: string; ours: string; newline: string }) {
  const lines = linesOf(text);
  const existing = blocksOf(lines).find(({ name }) => name === block.name);
  if (existing !== undefined) {
    const { start, end } = span(lines, existing);
    return { text: text.slice(0, start) + block.ours + text.slice(end), original: text.slice(start, end) };
  }
  // The file keeps its way of ending, with or without a newline, so that parallel appends come out in any order.
  const open = lines.length > 0 && !text.endsWith('\n');
  return { text: open ? text + block.newline + block.ours : text + block.ours + block.newline, original: null };
}

// From the last to the first, so that putting them back from the first to the last finds each place as it was left.
function removeAfter(text: string, name: string, keep: number): { text: string; removed: RemovedBlock[] } {
  const lines = linesOf(text);
  const blocks = blocksOf(lines);
  const named = blocks.filter((block) => block.name === name);
  const last = named.at(-1);
  if (last === undefined || named.length <= keep) return { text, removed: [] };
  const cut = removeBlock(text, lines, last);
  const block: RemovedBlock = {
    text: cut.removed,
    newline: cut.newline,
    newlineSide: cut.newlineSide,
    after: placeBelow(lines, blocks, last),
    linesBelow: last.until - last.last - 1,
  };
  const rest = removeAfter(cut.text, name, keep);
  return { text: rest.text, removed: [...rest.removed, block] };
}

function placeBelow(lines: readonly Line[], blocks: readonly Block[], block: Block): RemovedBlock['after'] {
  const above = blocks[blocks.indexOf(block) - 1];
  if (above === undefined) return lines[block.first]?.start === 0 ? 'nothing' : 'no section';
  return { name: above.name, nth: blocks.filter(({ name }) => name === above.name).indexOf(above) };
}

/**
 * Takes a block out with the newline behind it or, at an end without one, with the newlines before it: so a file that
 * ends without a newline still does.
 */
export function removeBlock(text: string, lines: readonly Line[], block: Block) {
  const { start, end } = span(lines, block);
  const behind = text.slice(end, lines[block.last]?.next);
  const removed = text.slice(start, end);
  if (behind !== '' || block.first === 0) {
    const rest = text.slice(0, start) + text.slice(end + behind.length);
    return { text: rest, removed, newline: behind, newlineSide: 'after' as const };
  }
  const above = lines.slice(0, block.first).findLast((line) => line.text !== '');
  const from = above?.end ?? lines[0]?.start ?? 0;
  return { text: text.slice(0, from), removed, newline: text.slice(from, start), newlineSide: 'before' as const };
}

/** The offsets of a block from its header to before the newline of its last line. */
export function span(lines: readonly Line[], block: Block): { start: number; end: number } {
  return { start: lines[block.first]?.start ?? 0, end: lines[block.last]?.end ?? 0 };
}

/** The `key=value` pairs of a text that could give access, written one way however they were spaced. */
export function secretsOf(text: string): string[] {
  return linesOf(text).flatMap((line) => {
    const entry = entryOf(line.text);
    return entry !== undefined && secretKeys.has(entry.key) ? [`${entry.key}=${entry.value}`] : [];
  });
}
