/** A location in a JSON document: the member names and list indexes that lead to it. */
export type JsonPath = readonly (string | number)[];

/** A JSON document with the locations of its members. */
export interface JsonText {
  readonly value: unknown;
  /** The line of a member or item, counted from 1. If it is absent, the line of the closest enclosing part. */
  lineOf(path: JsonPath): number;
}

interface Reading {
  readonly text: string;
  at: number;
  /** The offsets of line starts. */
  readonly starts: readonly number[];
  readonly lines: Map<string, number>;
}

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
const deepest = 100;

/** Parses JSON. Throws an Error with line, column and problem; a duplicate member name is an error. */
export function readJson(text: string): JsonText {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  const reading: Reading = { text, at: text.startsWith('\uFEFF') ? 1 : 0, starts, lines: new Map() };
  const value = readValue(reading, []);
  skipBlanks(reading);
  if (reading.at < reading.text.length) {
    throw mistake(reading, `unexpected ${found(reading)} after the end of the document`);
  }
  return {
    value,
    lineOf(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const line = reading.lines.get(keyOf(path.slice(0, length)));
        if (line !== undefined) {
          return line;
        }
      }
      return 1;
    },
  };
}

function readValue(reading: Reading, path: JsonPath): unknown {
  if (path.length > deepest) {
    throw mistake(reading, `more than ${deepest} levels`);
  }
  skipBlanks(reading);
  const next = reading.text[reading.at];
  if (next === '{') {
    return readObject(reading, path);
  }
  if (next === '[') {
    return readList(reading, path);
  }
  if (next === '"') {
    return readString(reading);
  }
  const [word] = /^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)(?![\w.])/.exec(rest(reading)) ?? [];
  if (word === undefined) {
    throw mistake(reading, `expected a value, found ${found(reading)}`);
  }
  reading.at += word.length;
  return JSON.parse(word);
}

function readObject(reading: Reading, path: JsonPath): Record<string, unknown> {
  const members: [string, unknown][] = [];
  const names = new Set<string>();
  readItems(reading, '}', () => {
    if (reading.text[reading.at] !== '"') {
      throw mistake(reading, `expected a name in quotes, found ${found(reading)}`);
    }
    const start = reading.at;
    const name = readString(reading);
    if (names.has(name)) {
      throw mistake({ ...reading, at: start }, `duplicate name "${name}"`);
    }
    names.add(name);
    const place = [...path, name];
    reading.lines.set(keyOf(place), position({ ...reading, at: start }).line);
    skipBlanks(reading);
    if (reading.text[reading.at] !== ':') {
      throw mistake(reading, `expected ':' after "${name}", found ${found(reading)}`);
    }
    reading.at += 1;
    members.push([name, readValue(reading, place)]);
  });
  return Object.fromEntries(members);
}

function readList(reading: Reading, path: JsonPath): unknown[] {
  const items: unknown[] = [];
  readItems(reading, ']', () => {
    const place = [...path, items.length];
    reading.lines.set(keyOf(place), position(reading).line);
    items.push(readValue(reading, place));
  });
  return items;
}

/** Parses comma-separated items up to the closing bracket. */
function readItems(reading: Reading, end: string, readItem: () => void): void {
  reading.at += 1;
  skipBlanks(reading);
  if (reading.text[reading.at] === end) {
    reading.at += 1;
    return;
  }
  for (;;) {
    skipBlanks(reading);
    if (reading.text[reading.at] === end) {
      throw mistake(reading, `unexpected comma before '${end}'`);
    }
    readItem();
    skipBlanks(reading);
    const next = reading.text[reading.at];
    if (next !== ',' && next !== end) {
      throw mistake(reading, `expected ',' or '${end}', found ${found(reading)}`);
    }
    reading.at += 1;
    if (next === end) {
      return;
    }
  }
}

function readString(reading: Reading): string {
  const start = reading.at;
  let text = '';
  for (reading.at += 1; ; reading.at += 1) {
    const character = reading.text[reading.at];
    if (character === '"') {
      break;
    }
    if (character === undefined || character < ' ') {
      throw mistake({ ...reading, at: start }, 'the text has no closing quote');
    }
    text += character === '\\' ? readEscape(reading) : character;
  }
  reading.at += 1;
  return text;
}

function readEscape(reading: Reading): string {
  reading.at += 1;
  const letter = reading.text[reading.at] ?? '';
  const [hex] = letter === 'u' ? (/^[\da-fA-F]{4}/.exec(reading.text.slice(reading.at + 1, reading.at + 5)) ?? []) : [];
  if (hex !== undefined) {
    reading.at += 4;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }
  const plain = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
  if (plain === undefined) {
    throw mistake(reading, `'\\${letter}' is not an escape of JSON`);
  }
  return plain;
}

function skipBlanks(reading: Reading): void {
  while (/[ \t\r\n]/.test(reading.text[reading.at] ?? '')) {
    reading.at += 1;
  }
  if (/^(\/\/|\/\*|#)/.test(rest(reading))) {
    throw mistake(reading, 'JSON has no comments');
  }
}

function rest({ text, at }: Reading): string {
  return text.slice(at, at + 40);
}

function found(reading: Reading): string {
  const [word] = /^([\w.-]+|[\s\S])/u.exec(rest(reading)) ?? [];
  return word === undefined ? 'the end of the file' : `'${word}'`;
}

function mistake(reading: Reading, text: string): Error {
  const { line, column } = position(reading);
  return new Error(`line ${line}, column ${column}: ${text}`);
}

function position({ starts, at }: Reading): { readonly line: number; readonly column: number } {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= at) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
}

function keyOf(path: JsonPath): string {
  return JSON.stringify(path);
}
