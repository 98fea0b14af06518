import { headerName, isBlankOrComment, linesIn } from './sections.js';

/** One section of a file. */
export interface SectionText {
  readonly name: string;
  /** From the header to the end of the last entry. */
  text: string;
  /** From there to the next header or the end of the file: newlines, blank lines and comments. */
  below: string;
}

/** A file split into sections, so that many can be changed in one pass. Joined in order, they are the file again. */
export interface FileParts {
  /** The bytes before the first section. */
  above: string;
  readonly sections: SectionText[];
}

/** The position of a removed section, to restore it. */
export interface SectionPlace {
  /** The newlines removed together with the section, and on which side of it they were. */
  readonly newline: string;
  readonly newlineSide: 'before' | 'after';
  /**
   * The section before it, by name and by the number of earlier sections of that name; if it was the first section,
   * whether the file began with other lines (`no section`) or with it (`nothing`).
   */
  readonly after: { readonly name: string; readonly nth: number } | 'no section' | 'nothing';
  /** The number of blank lines and comments between the section and the next one. */
  readonly linesBelow: number;
}

/** Splits a file into sections. */
export function splitFile(text: string): FileParts {
  const spans: { readonly name: string; readonly start: number; end: number }[] = [];
  for (const line of linesIn(text)) {
    const name = headerName(line.text);
    const open = spans.at(-1);
    if (name !== undefined) {
      spans.push({ name, start: line.start, end: line.end });
    } else if (open !== undefined && !isBlankOrComment(line)) {
      open.end = line.end;
    }
  }
  const sections = spans.map(({ name, start, end }, index) => ({
    name,
    text: text.slice(start, end),
    below: text.slice(end, spans[index + 1]?.start ?? text.length),
  }));
  return { above: text.slice(0, spans[0]?.start ?? text.length), sections };
}

/** Returns the text of a split file. */
export function joinFile({ above, sections }: FileParts): string {
  return [above, ...sections.flatMap(({ text, below }) => [text, below])].join('');
}

/** The first newline of a file, which new lines get too; `\n` if it has none. */
export function newlineOf(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}

/**
 * Appends a section. A file without a final newline has none afterwards, so that the sections of parallel steps can be
 * removed in any order.
 */
export function appendPart(file: FileParts, { name, text }: Pick<SectionText, 'name' | 'text'>, newline: string): void {
  const end = tailAbove(file, file.sections.length);
  const isOpen = !['', '\uFEFF'].includes(end) ? !end.endsWith('\n') : file.sections.length > 0;
  if (isOpen) {
    setTailAbove(file, file.sections.length, end + newline);
  }
  file.sections.push({ name, text, below: isOpen ? '' : newline });
}

/** Removes a section that `appendPart` added, with the newline that it added: no final newline appears or is lost. */
export function takeOutAdded(file: FileParts, part: SectionText, newline: string): void {
  const index = file.sections.indexOf(part);
  const tail = tailAbove(file, index);
  const isOpenEnd = index === file.sections.length - 1 && part.below === '' && tail.endsWith(newline);
  if (!isOpenEnd) {
    takeOut(file, part);
    return;
  }
  setTailAbove(file, index, tail.slice(0, -newline.length));
  file.sections.splice(index, 1);
}

/**
 * Removes a section and the newline after it; returns where the section was. If there is no newline after it, those
 * before it are removed, so that a file without a final newline still has none.
 */
export function takeOut(file: FileParts, part: SectionText): SectionPlace {
  const index = file.sections.indexOf(part);
  const tail = tailAbove(file, index);
  const after = placeAbove(file, index);
  const newline = /^\r?\n/.exec(part.below)?.[0] ?? '';
  const rest = part.below.slice(newline.length);
  const linesBelow = rowsOf(rest).length;
  file.sections.splice(index, 1);
  if (newline !== '' || (index === 0 && ['', '\uFEFF'].includes(tail))) {
    setTailAbove(file, index, tail + rest);
    return { newline, newlineSide: 'after', after, linesBelow };
  }
  const kept = tail.replace(/(?:\r?\n)+$/, '');
  setTailAbove(file, index, kept);
  return { newline: tail.slice(kept.length), newlineSide: 'before', after, linesBelow };
}

/** Restores a removed section at its place. `fallback` is the newline to use where the place records none. */
export function putBack(
  file: FileParts,
  { name, text, place }: Pick<SectionText, 'name' | 'text'> & { readonly place: SectionPlace },
  fallback: string,
): SectionText {
  const { index, tail, at, isAtEnd } = findPlace(file, place);
  const before = tail.slice(0, at);
  const isOpen = isAtEnd && (before === '' ? index > 0 : !/\n$|^\uFEFF$/.test(before));
  const isJoined = place.newlineSide === 'before' || isOpen;
  const end = isJoined ? before.replace(/\r?\n$/, '') : before;
  const newline = place.newline || (isAtEnd && !isJoined ? '' : fallback);
  const isFirst = index === 0 && ['', '\uFEFF'].includes(before);
  const closing = isFirst && !isAtEnd ? fallback : '';
  const part = { name, text, below: (isJoined ? closing : newline) + tail.slice(end.length) };
  setTailAbove(file, index, isJoined ? end + newline : end);
  file.sections.splice(index, 0, part);
  return part;
}

/** The text between a section and the one before it; for the first section, the text before it. */
function tailAbove({ above, sections }: FileParts, index: number): string {
  return sections[index - 1]?.below ?? above;
}

function setTailAbove(file: FileParts, index: number, tail: string): void {
  const before = file.sections[index - 1];
  if (before === undefined) {
    file.above = tail;
  } else {
    before.below = tail;
  }
}

function placeAbove({ above, sections }: FileParts, index: number): SectionPlace['after'] {
  const before = sections[index - 1];
  if (before === undefined) {
    return above === '' ? 'nothing' : 'no section';
  }
  const { name } = before;
  return { name, nth: sections.slice(0, index - 1).filter((part) => part.name === name).length };
}

/**
 * Finds where to restore a removed section: its index, the text above that index, and the offset in that text. If the
 * section that it followed is gone, this is the end of the file.
 */
function findPlace(file: FileParts, { after, linesBelow }: SectionPlace) {
  const { sections } = file;
  if (after === 'nothing') {
    return { index: 0, tail: file.above, at: 0, isAtEnd: file.above === '' && sections.length === 0 };
  }
  const before = typeof after === 'string' ? undefined : sections.filter(({ name }) => name === after.name)[after.nth];
  const isLost = typeof after !== 'string' && before === undefined;
  const index = isLost ? sections.length : before === undefined ? 0 : sections.indexOf(before) + 1;
  const tail = tailAbove(file, index);
  const at = isLost ? tail.length : offsetAbove(tail, index > 0, linesBelow);
  return { index, tail, at, isAtEnd: index === sections.length && at === tail.length };
}

/** The offset in the text above a section before its last blank lines and comments, `linesBelow` of them at most. */
function offsetAbove(tail: string, startsInsideLine: boolean, linesBelow: number): number {
  const first = startsInsideLine ? (/^\r?\n/.exec(tail)?.[0].length ?? 0) : tail.startsWith('\uFEFF') ? 1 : 0;
  const rows = rowsOf(tail.slice(first));
  let at = tail.length;
  for (let row = rows.length - 1, left = linesBelow; row >= 0 && left > 0; row -= 1, left -= 1) {
    const text = rows[row] ?? '';
    if (!isBlankOrComment({ text: text.replace(/\r?\n$/, '') })) {
      break;
    }
    at -= text.length;
  }
  return at;
}

/** The lines of a text, each with its newline. */
function rowsOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
