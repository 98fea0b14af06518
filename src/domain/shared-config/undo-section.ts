import { type Block, blocksOf, isBlankOrComment, type Line, linesOf } from './sections.js';
import {
  type Fingerprint,
  type RemovedBlock,
  removeBlock,
  type SectionUndo,
  secretsOf,
  span,
} from './write-section.js';

/**
 * What became of a section: it is as it was before us, somebody changed it (theirs stays, our secrets went), or it was
 * gone already.
 */
export type UndoOutcome = 'restored' | 'changed' | 'missing';

/** Takes several sections back, the last one written first; outcomes in that order. */
export function undoSections(
  text: string,
  undo: readonly SectionUndo[],
  fingerprint: Fingerprint,
): { text: string; outcomes: { section: string; outcome: UndoOutcome }[] } {
  const outcomes: { section: string; outcome: UndoOutcome }[] = [];
  let current = text;
  for (const section of undo.toReversed()) {
    const undone = undoSplice(current, section, fingerprint);
    current = undone.text;
    outcomes.push({ section: section.name, outcome: undone.outcome });
  }
  return { text: current, outcomes };
}

/** Takes one written section back, byte for byte where nobody else touched it; a second call changes nothing. */
export function undoSplice(
  text: string,
  undo: SectionUndo,
  fingerprint: Fingerprint,
): { text: string; outcome: UndoOutcome } {
  const lines = linesOf(text);
  const named = blocksOf(lines).filter(({ name }) => name === undo.name);
  const texts = named.map((block) => textOf(text, lines, block));
  if (isRestored(texts, undo)) return { text, outcome: 'restored' };
  if (undo.ours === null) {
    return named.length > 0 ? { text, outcome: 'changed' } : { text: putBackAll(text, undo), outcome: 'restored' };
  }
  const mine = named[texts.findIndex((block) => fingerprint(block) === undo.ours)];
  if (mine !== undefined) return { text: takeBack(text, mine, undo), outcome: 'restored' };
  const stripped = withoutSecrets(text, undo, fingerprint);
  return { text: stripped, outcome: named.length > 0 ? 'changed' : 'missing' };
}

function isRestored(texts: readonly string[], undo: SectionUndo): boolean {
  const originals = [...(undo.original === null ? [] : [undo.original]), ...undo.removed.map((block) => block.text)];
  return originals.length > 0 && originals.length === texts.length && originals.every((text, i) => text === texts[i]);
}

function textOf(text: string, lines: readonly Line[], block: Block): string {
  const { start, end } = span(lines, block);
  return text.slice(start, end);
}

function takeBack(text: string, mine: Block, undo: SectionUndo): string {
  const lines = linesOf(text);
  const { start, end } = span(lines, mine);
  if (undo.original !== null) return putBackAll(text.slice(0, start) + undo.original + text.slice(end), undo);
  const before = text.slice(0, start);
  const atOpenEnd = end === text.length && before.endsWith(undo.newline);
  if (atOpenEnd) return before.slice(0, -undo.newline.length);
  return removeBlock(text, lines, mine).text;
}

function putBackAll(text: string, undo: SectionUndo): string {
  return undo.removed.reduce((current, block) => putBack(current, block, undo.newline), text);
}

function putBack(text: string, block: RemovedBlock, fallback: string): string {
  const newlineFor = (rest: string) => (rest === '' ? block.newline : block.newline || fallback);
  if (block.after === 'nothing') return block.text + newlineFor(text) + text;
  const lines = linesOf(text);
  const place = placeOf(lines, block, block.after);
  const above = lines[place - 1];
  const at = lines[place]?.start ?? text.length;
  const open = at === text.length && above !== undefined && above.end === above.next;
  if (block.newlineSide === 'before' || open) {
    const end = above?.end ?? at;
    const closing = above === undefined && at < text.length ? fallback : '';
    return text.slice(0, end) + (block.newline || fallback) + block.text + closing + text.slice(end);
  }
  return text.slice(0, at) + block.text + newlineFor(text.slice(at)) + text.slice(at);
}

/** The number of the line a removed block stood before. */
function placeOf(
  lines: readonly Line[],
  block: RemovedBlock,
  after: Exclude<RemovedBlock['after'], 'nothing'>,
): number {
  const blocks = blocksOf(lines);
  const above = after === 'no section' ? undefined : blocks.filter(({ name }) => name === after.name)[after.nth];
  if (after !== 'no section' && above === undefined) return lines.length;
  const until = above ? above.until : (blocks[0]?.first ?? lines.length);
  const floor = above ? above.last + 1 : 0;
  let place = until;
  while (place > floor && until - place < block.linesBelow && isBlankOrComment(lines[place - 1])) place -= 1;
  return place;
}

// In the whole file: whoever renamed or merged our section did not make its credentials theirs.
function withoutSecrets(text: string, undo: SectionUndo, fingerprint: Fingerprint): string {
  const lines = linesOf(text);
  const secrets = new Set(undo.secrets);
  const kept = lines.filter((line) => !secretsOf(line.text).some((secret) => secrets.has(fingerprint(secret))));
  if (kept.length === lines.length) return text;
  const bom = text.slice(0, lines[0]?.start);
  const stripped = bom + kept.map(({ start, next }) => text.slice(start, next)).join('');
  const empty = blocksOf(linesOf(stripped)).find(({ name, first, last }) => name === undo.name && first === last);
  return empty === undefined ? stripped : takeBack(stripped, empty, undo);
}
