import { brokenString, JsonMistake, missingComma, notJson, unexpected, withoutBraces } from './json-mistake.js';
import type { Place } from './place.js';
import type { Position } from './position.js';
import { positionsIn } from './position.js';
import { quote } from './quote.js';
import { positionWithin, type ScalarNode, type ValueNode } from './value-node.js';

/**
 * Parses JSON; reports a problem and returns undefined if it is invalid or repeats a name in one object, because other
 * parsers would drop one of the two. https://www.rfc-editor.org/rfc/rfc8259
 */
export function parseJson(source: ScalarNode, place: Place): ValueNode | undefined {
  const { text } = source;
  const find = positionsIn(text);
  const scan: Scan = { text, at: 0, depth: 0, positionOf: (offset) => positionWithin(source, find(offset)) };
  try {
    const value = readValue(scan);
    skipBlanks(scan);
    if (text[scan.at] === ':' && value.kind === 'scalar') {
      throw withoutBraces(scan.at);
    }
    if (scan.at < text.length) {
      throw notJson(scan.at, 'there is text after the end of the value', 'Remove it, or correct the brackets');
    }
    return value;
  } catch (error) {
    if (!(error instanceof JsonMistake)) {
      throw error;
    }
    place.on(scan.positionOf(error.offset)).report(error.message, error.fix);
    return undefined;
  }
}

interface Scan {
  readonly text: string;
  readonly positionOf: (offset: number) => Position;
  at: number;
  /** The number of open brackets. */
  depth: number;
}

/** Maximum nesting depth; no AWS document needs ten levels. */
const deepest = 100;

const blanks = /[ \t\n\r]*/y;
const string = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const bare = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

function readValue(scan: Scan): ValueNode {
  skipBlanks(scan);
  const { at, text } = scan;
  const position = scan.positionOf(at);
  switch (text[at]) {
    case '{':
      return readMap(scan, position);
    case '[':
      return readList(scan, position);
    case '"':
      return { kind: 'scalar', text: readString(scan), isBare: false, position };
    default: {
      const word = take(scan, bare);
      if (word === undefined) {
        throw scan.depth === 0 && /[\w-]/.test(text[at] ?? '') ? withoutBraces(at) : unexpected(text, at);
      }
      return { kind: 'scalar', text: word, isBare: true, position };
    }
  }
}

function readList(scan: Scan, position: Position): ValueNode {
  const items: ValueNode[] = [];
  readEntries(scan, ']', () => items.push(readValue(scan)));
  return { kind: 'list', items, position };
}

function readMap(scan: Scan, position: Position): ValueNode {
  const entries = new Map<string, ValueNode>();
  const keys = new Map<string, Position>();
  readEntries(scan, '}', () => {
    const start = scan.at;
    if (scan.text[start] !== '"') {
      throw unexpected(scan.text, start);
    }
    const name = readString(scan);
    if (entries.has(name)) {
      throw new JsonMistake(start, `${quote(name)} is given twice`, 'Keep one of them');
    }
    skipBlanks(scan);
    if (scan.text[scan.at] !== ':') {
      throw notJson(scan.at, `there is no colon after ${quote(name)}`, 'Write "name": value');
    }
    scan.at += 1;
    keys.set(name, scan.positionOf(start));
    entries.set(name, readValue(scan));
  });
  return { kind: 'map', entries, keys, position };
}

/** Reads the entries between brackets, one at a time. */
function readEntries(scan: Scan, end: string, readEntry: () => void): void {
  const { text } = scan;
  if (scan.depth === deepest) {
    throw notJson(scan.at, `brackets are nested more than ${deepest} deep`, 'Remove some of them');
  }
  scan.depth += 1;
  scan.at += 1;
  skipBlanks(scan);
  for (let comma = -1; text[scan.at] !== end || comma >= 0; ) {
    if (comma >= 0 && /[}\]]/.test(text[scan.at] ?? '')) {
      throw notJson(comma, 'there is a comma before a closing bracket', 'Remove the trailing comma');
    }
    readEntry();
    skipBlanks(scan);
    comma = text[scan.at] === ',' ? scan.at : -1;
    if (comma < 0 && text[scan.at] !== end) {
      throw missingComma(text, scan.at);
    }
    scan.at += comma < 0 ? 0 : 1;
    skipBlanks(scan);
  }
  scan.at += 1;
  scan.depth -= 1;
}

function readString(scan: Scan): string {
  const read = take(scan, string);
  if (read === undefined) {
    throw brokenString(scan.text, scan.at);
  }
  return JSON.parse(read) as string;
}

function skipBlanks(scan: Scan): void {
  take(scan, blanks);
}

function take(scan: Scan, pattern: RegExp): string | undefined {
  pattern.lastIndex = scan.at;
  const [found] = pattern.exec(scan.text) ?? [];
  scan.at += found?.length ?? 0;
  return found;
}
