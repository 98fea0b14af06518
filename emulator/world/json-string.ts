import { type JsonCursor, mistake, peek } from './json-cursor.js';

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Reads a JSON string at the cursor. Throws an Error with line, column and problem. */
export function readString(cursor: JsonCursor): string {
  const start = cursor.at;
  let text = '';
  for (cursor.at += 1; ; cursor.at += 1) {
    const character = peek(cursor);
    if (character === '"') {
      break;
    }
    if (character === undefined || character < ' ') {
      throw mistake({ ...cursor, at: start }, 'the text has no closing quote');
    }
    text += character === '\\' ? readEscape(cursor) : character;
  }
  cursor.at += 1;
  return text;
}

function readEscape(cursor: JsonCursor): string {
  cursor.at += 1;
  const letter = peek(cursor) ?? '';
  const [hex] = letter === 'u' ? (/^[\da-fA-F]{4}/.exec(cursor.text.slice(cursor.at + 1, cursor.at + 5)) ?? []) : [];
  if (hex !== undefined) {
    cursor.at += 4;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }
  const plain = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
  if (plain === undefined) {
    throw mistake(cursor, `'\\${letter}' is not an escape of JSON`);
  }
  return plain;
}
