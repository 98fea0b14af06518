import { emptyItemFix } from './problem.js';
import { quote, strangeCharacter } from './quote.js';

/** The error of a text that is not valid JSON: where, why, and how to fix it. */
export class JsonMistake extends Error {
  readonly offset: number;
  readonly fix: string;

  constructor(offset: number, message: string, fix: string) {
    super(message);
    this.offset = offset;
    this.fix = fix;
  }
}

/** Makes the error for a violation of the JSON syntax. */
export function notJson(offset: number, what: string, fix: string): JsonMistake {
  return new JsonMistake(offset, `the text is not valid JSON: ${what}`, fix);
}

/** Explains a text that starts with a name and a value, without the braces of an object. */
export function withoutBraces(offset: number): JsonMistake {
  return notJson(offset, 'the braces of an object are missing', 'Write it like {"name": "value"}');
}

/** Explains the character at an offset, or the end of the text, where a value, name or bracket is expected. */
export function unexpected(text: string, at: number): JsonMistake {
  const mistake = (what: string, fix: string) => notJson(at, what, fix);
  const character = text[at];
  if (character === undefined) {
    return mistake(
      text.trim() === '' ? 'the text is empty' : 'the text ends too early',
      'Close every bracket and quote',
    );
  }
  const strange = strangeCharacter(character);
  if (strange !== undefined) {
    return mistake(`${strange.name} is not allowed here`, 'Type the plain character in its place, or delete it');
  }
  if (/[},\]]/.test(character)) {
    return mistake(
      `a name or value is missing before ${quote(character)}, or a bracket is not closed`,
      `Fill it in, or correct the brackets. ${emptyItemFix}`,
    );
  }
  if (character === "'") {
    return mistake('unexpected single quote', 'JSON allows only double quotes');
  }
  if (character === '#' || character === '/') {
    return mistake('unexpected comment', 'JSON has no comments: remove it');
  }
  const [word] = /^[\w.+-]+/.exec(text.slice(at)) ?? [];
  return word === undefined
    ? mistake(`${quote(character)} is not expected here`, 'Check commas, brackets and double quotes')
    : mistake(`${quote(word)} is not quoted`, 'Put double quotes around it');
}

/** Explains the character at an offset where a comma or closing bracket is expected. */
export function missingComma(text: string, at: number): JsonMistake {
  return /["{[\w-]/.test(text[at] ?? '')
    ? notJson(at, 'a comma is missing before this point', 'Write a comma between the entries')
    : unexpected(text, at);
}

/** Explains why the string that starts at an offset is invalid. */
export function brokenString(text: string, start: number): JsonMistake {
  for (let at = start + 1; ; at += text[at] === '\\' ? 2 : 1) {
    const character = text[at];
    if (character === undefined || character === '\n' || character === '\r') {
      return notJson(start, 'a double quote is not closed on its line', 'Close it; write a line break as \\n');
    }
    if (character < ' ') {
      return notJson(at, 'a string contains a tab or control character', 'Write a tab as \\t');
    }
    if (character === '\\' && !/^\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/.test(text.slice(at, at + 6))) {
      return notJson(at, 'a backslash does not begin a JSON escape', 'Write a backslash as \\\\');
    }
  }
}
