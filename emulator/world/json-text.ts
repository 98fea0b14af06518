import { cursorAt, found, type JsonCursor, mistake, peek, position, rest, skipBlanks } from './json-cursor.js';
import { readString } from './json-string.js';

/** A location in a JSON document: the member names and list indexes that lead to it. */
export type JsonPath = readonly (string | number)[];

/** A JSON document with the locations of its members. */
export interface JsonText {
  readonly value: unknown;
  /** The line of a member or item, counted from 1. If it is absent, the line of the closest enclosing part. */
  lineOf(path: JsonPath): number;
}

interface Reading extends JsonCursor {
  /** The line of each member and item, by its path. */
  readonly lines: Map<string, number>;
}

/** The maximum depth of a document. */
const deepest = 100;

/** Parses JSON. Throws an Error with line, column and problem; a duplicate member name is an error. */
export function readJson(text: string): JsonText {
  const reading: Reading = { ...cursorAt(text), lines: new Map() };
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
  const next = peek(reading);
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
    if (peek(reading) !== '"') {
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
    if (peek(reading) !== ':') {
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
  if (peek(reading) === end) {
    reading.at += 1;
    return;
  }
  for (;;) {
    skipBlanks(reading);
    if (peek(reading) === end) {
      throw mistake(reading, `unexpected comma before '${end}'`);
    }
    readItem();
    skipBlanks(reading);
    const next = peek(reading);
    if (next !== ',' && next !== end) {
      throw mistake(reading, `expected ',' or '${end}', found ${found(reading)}`);
    }
    reading.at += 1;
    if (next === end) {
      return;
    }
  }
}

function keyOf(path: JsonPath): string {
  return JSON.stringify(path);
}
