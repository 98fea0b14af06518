import { positionsIn } from './position.js';
import { emptyItemFix } from './problem.js';
import { strangeCharacter } from './quote.js';

/** A YAML syntax error in plain words; lines and columns start at 1. */
export interface SyntaxMistake {
  readonly line: number;
  readonly column: number;
  readonly what: string;
  readonly fix: string;
}

/** The parser's error messages, each with an explanation and a fix. */
const meanings: readonly (readonly [reason: RegExp, what: string, fix: string])[] = [
  [/alias node|anchor node/, 'a value begins with * or &', 'Put quotes around it'],
  [/within a flow collection/, 'a bracket is not closed', 'Close it with ] or }'],
  [/within a (double|single) quoted/, 'a quote is not closed', 'Write the closing quote'],
  [/missed comma/, 'a comma or a closing bracket is missing', 'Write it before this point'],
  [/but found ','/, 'there is nothing before a comma', emptyItemFix],
  [/expected ':'/, 'there is no colon after a name', 'Write it as name: value'],
  [/whitespace character is expected/, 'there is no space after a colon', 'Write it as name: value'],
  [/unknown escape|hexadecimal/, 'a backslash does not begin a YAML escape', 'Use single quotes'],
  [
    /deficient indentation/,
    'a bracket above is not closed, or the line is indented too little',
    'Close the bracket, or indent the line',
  ],
  [
    /separator is expected/,
    'the line does not continue what is above it: a dash, a colon or a quote may be missing',
    'Write a list item as - value and a name as name: value, and line them up with those above',
  ],
  [
    /bad indentation of a sequence/,
    'the line is indented unlike the list above it',
    'Line it up with the dashes, or with the names of the item that it belongs to',
  ],
  [
    /bad indentation of a mapping/,
    'the line is indented unlike the map above it, or a value needs quotes',
    'Line the names up; put quotes around a value that contains a colon and a space, or begins with @ or a backquote',
  ],
];

/** Explains an error of the YAML parser. */
export function syntaxMistake(error: unknown, text: string): SyntaxMistake {
  const { reason = 'unreadable', mark } = error as { reason?: string; mark?: { position: number } };
  const at = positionsIn(text)(Math.min(mark?.position ?? 0, text.trimEnd().length));
  const lines = text.split(/\r\n|\n|\r/);
  const line = lines[at.line - 1] ?? '';
  const indent = /^ *\t/.exec(line);
  if (indent !== null) {
    return { ...at, column: indent[0].length, what: 'a tab indents the line', fix: 'Indent with spaces, not tabs' };
  }
  for (const [index, one] of lines
    .slice(Math.max(at.line - 2, 0), at.line)
    .reverse()
    .entries()) {
    const strange = strangeCharacter(one);
    if (strange !== undefined) {
      const fix =
        'Type the plain character in its place, or delete it: text copied from a document or chat often contains look-alikes';
      return { line: at.line - index, column: strange.offset + 1, what: `the line contains ${strange.name}`, fix };
    }
  }
  const expression = line.indexOf('${{');
  if (expression >= 0) {
    const fix = 'Write the value itself: GitHub evaluates expressions in a workflow, not in a file';
    return { ...at, column: expression + 1, what: 'the line contains an expression, ${{', fix };
  }
  if (/(?:^|[-:]\s)\s*[@`]/.test(line)) {
    return { ...at, what: 'a value begins with @ or a backquote', fix: 'Put quotes around it' };
  }
  if (/deficient indentation/.test(reason) && opensQuote(lines.slice(0, at.line - 1))) {
    return { ...at, what: 'a quote above is not closed', fix: 'Write the closing quote' };
  }
  const [, what, fix] = meanings.find(([pattern]) => pattern.test(reason)) ?? [
    reason,
    reason,
    'Check indentation, quotes and colons',
  ];
  return { ...at, what, fix };
}

/** Whether the last value that starts with a quote has no closing quote on its line. */
function opensQuote(lines: readonly string[]): boolean {
  const [, quote = '', rest = ''] = /.*(?:^|[-:,[{]\s*)(["'])(.*)$/.exec(lines.at(-1) ?? '') ?? [];
  return quote !== '' && !rest.includes(quote);
}

/** The path (keys and indexes from 0, outermost first) to a line of block YAML, derived from its indentation. */
export function pathToLine(text: string, line: number): readonly (string | number)[] {
  const above = text.split(/\r\n|\n|\r/).slice(0, line);
  const lines = above
    .filter((one) => /^ *[^\s#]/.test(one))
    .map(outline)
    .reverse();
  const path: (string | number)[] = [];
  let keysBefore = Number.POSITIVE_INFINITY;
  let dashesBefore = Number.POSITIVE_INFINITY;
  for (const [index, { indent, dash, key }] of lines.entries()) {
    if (key !== undefined && indent + dash.length < keysBefore) {
      path.unshift(key);
      keysBefore = indent + dash.length;
    }
    if (dash !== '' && indent < Math.min(dashesBefore, keysBefore)) {
      path.unshift(dashesAbove(lines.slice(index + 1), indent));
      // A list may have the same indentation as its key.
      keysBefore = indent + 1;
      dashesBefore = indent;
    }
  }
  return path;
}

interface Outline {
  readonly indent: number;
  readonly dash: string;
  readonly key: string | undefined;
}

function outline(line: string): Outline {
  const [, blanks = '', dash = '', key] =
    /^( *)((?:-(?: +|$))?)(?:["']?([^\s"'#:{}[\],]+)["']?\s*:(?=\s|$))?/.exec(line) ?? [];
  return { indent: blanks.length, dash, key };
}

function dashesAbove(above: readonly Outline[], indent: number): number {
  const end = above.findIndex(
    (line) => line.indent < indent || (line.indent === indent && line.dash === '' && line.key !== undefined),
  );
  return above.slice(0, end < 0 ? undefined : end).filter((line) => line.dash !== '' && line.indent === indent).length;
}
