import { mostItems } from './limits.js';
import type { Place, PlacedText } from './place.js';
import { emptyItemFix } from './problem.js';
import { quote } from './quote.js';

/** One item of a list. */
export interface ListItem extends PlacedText {
  /** Whether a comma, not a line break, separates the item from the previous one. */
  readonly followsComma: boolean;
}

/** How a list is read. */
export interface ListOptions {
  /** What messages call an item. */
  readonly noun?: string;
  /** The number of the first item; default 1. */
  readonly first?: number;
  /** The fix for a list with too many items. */
  readonly limitFix?: string;
  /** Whether a line is one item although it contains commas. */
  readonly isItem?: (line: string) => boolean;
}

/**
 * Reads a list separated by line breaks, commas or both. An empty item is a problem at any position, also at the end: a
 * list that lost its last item to an unset variable must not be read as a shorter list. A line that starts with # is a
 * comment. A list with too many items is not read.
 */
export function parseList(
  text: string,
  place: Place,
  { noun = 'item', first = 1, isItem, limitFix }: ListOptions = {},
): readonly ListItem[] {
  if (/^\s*(\[|-(\s|$))/.test(text)) {
    place.report(
      'the list is written as YAML or JSON, and a plain list is expected here',
      'Write the items without brackets, dashes and quotes, separated by line breaks or commas',
    );
    return [];
  }
  if (text === '') {
    return [];
  }
  const written = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  const lines = written.filter((line) => !/^\s*#/.test(line));
  if (lines.length === 0) {
    place.report('the list has only comments', `Write at least one ${noun}`);
  }
  const pieces = lines.flatMap((line, index): readonly Piece[] =>
    isItem?.(line.trim())
      ? [{ text: line.trim(), followsComma: false, gap: '' }]
      : piecesOf(line, { before: lines[index - 1], isLast: index === lines.length - 1 }),
  );
  if (reportTooMany(pieces.length, { most: mostItems, noun: `${noun}s`, fix: limitFix }, place)) {
    return [];
  }
  return pieces.flatMap(({ text, gap, comment, followsComma }, index) => {
    const item = place.at(`${noun} ${index + first}`);
    if (comment !== undefined) {
      item.report(`a comment follows ${quote(text)}`, 'Give the comment a line of its own');
    }
    if (text === '') {
      item.report(`the item is empty: ${gap}`, `Remove it, or fill it in. ${emptyItemFix}`);
      return [];
    }
    return [{ text: unquoted(text, item), place: item, followsComma }];
  });
}

interface Piece extends Pick<ListItem, 'text' | 'followsComma'> {
  /** The reason to report if the item is empty. */
  readonly gap: string;
  readonly comment?: string | undefined;
}

function piecesOf(
  line: string,
  { before = '', isLast }: { before: string | undefined; isLast: boolean },
): readonly Piece[] {
  const [, items = '', comment] = /^(.*?)(?:\s#(.*))?$/s.exec(line) ?? [];
  const texts = items
    .replace(isLast ? '' : /,\s*$/, '')
    .split(',')
    .map((text) => text.trim());
  const last = texts.length - 1;
  return texts.map((text, index) => ({
    text,
    followsComma: index > 0 || /,\s*$/.test(before),
    gap: last === 0 ? 'an empty line' : isLast && index === last ? 'the list ends with a comma' : 'nothing but a comma',
    ...(index === last && { comment }),
  }));
}

/** Returns an item without the quotes around it, and reports them: a plain list has no quoting. */
function unquoted(text: string, place: Place): string {
  const [, , inner] = /^(["'])(.*)\1$/.exec(text) ?? [];
  if (inner !== undefined) {
    place.report(`there are quotes around ${quote(inner)}`, 'Remove them: in this list they would be part of the item');
  }
  return inner ?? text;
}

/** Reports a problem if a count is above `most`; returns whether it is. */
export function reportTooMany(
  count: number,
  { most, noun, fix = `There may be at most ${most}` }: { most: number; noun: string; fix?: string | undefined },
  place: Place,
): boolean {
  if (count > most) {
    place.report(`${count} ${noun}`, fix);
  }
  return count > most;
}
