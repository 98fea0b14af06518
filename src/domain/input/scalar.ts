import { quote, type Report } from './problem.js';

const booleans: Readonly<Record<string, boolean>> = {
  true: true,
  True: true,
  TRUE: true,
  false: false,
  False: false,
  FALSE: false,
};

/** Reads a YAML 1.2 boolean; undefined where the text is empty, a problem where it is anything else. */
export function parseBoolean(text: string, where: string, report: Report): boolean | undefined {
  if (text === '') {
    return undefined;
  }
  const value = Object.hasOwn(booleans, text) ? booleans[text] : undefined;
  if (value === undefined) {
    report({ where, what: `${quote(text)} is not a boolean`, fix: `Write one of ${Object.keys(booleans).join(', ')}` });
  }
  return value;
}

/** Reads a whole number within bounds; undefined where the text is empty, a problem where it is anything else. */
export function parseInteger(
  text: string,
  { where, minimum, maximum }: { where: string; minimum: number; maximum: number },
  report: Report,
): number | undefined {
  if (text === '') {
    return undefined;
  }
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < minimum || value > maximum) {
    const range = `Write a whole number from ${minimum} to ${maximum}`;
    report({ where, what: `${quote(text)} is not a whole number in range`, fix: range });
    return undefined;
  }
  return value;
}

/**
 * Reads a list written with line breaks, commas or both. An empty item is a problem wherever it stands, the end included:
 * a list that lost its last item to an unset variable must not pass for a shorter one. A line that begins with # is a
 * comment.
 */
export function parseList(text: string, where: string, report: Report): readonly string[] {
  if (text === '') {
    return [];
  }
  const written = text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n');
  const lines = written.filter((line) => !/^\s*#/.test(line));
  const items = lines.flatMap((line, index) => {
    const isLast = index === lines.length - 1;
    return line.replace(isLast ? '' : /,\s*$/, '').split(',');
  });
  const trimmed = items.map((item) => item.trim());
  if (trimmed.includes('')) {
    report({ where, what: 'an item of the list is empty', fix: emptyItemFix });
  }
  return trimmed.filter((item) => item !== '');
}

/** What mostly makes an item empty, and what to do. */
export const emptyItemFix =
  'An unset matrix value, variable or secret is the usual cause (matrix.account in a job without that matrix): set it, or take the item out';
