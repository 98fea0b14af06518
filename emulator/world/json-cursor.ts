/** A position in a JSON text, which moves forward as the text is read. */
export interface JsonCursor {
  readonly text: string;
  at: number;
  /** The offsets of line starts. */
  readonly starts: readonly number[];
}

/** A cursor at the beginning of a text, after its byte order mark. */
export function cursorAt(text: string): JsonCursor {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  return { text, at: text.startsWith('\uFEFF') ? 1 : 0, starts };
}

/** The character at the cursor; `undefined` at the end. */
export function peek({ text, at }: JsonCursor): string | undefined {
  return text[at];
}

/** Skips white space. Throws at a comment. */
export function skipBlanks(cursor: JsonCursor): void {
  while (/[ \t\r\n]/.test(peek(cursor) ?? '')) {
    cursor.at += 1;
  }
  if (/^(\/\/|\/\*|#)/.test(rest(cursor))) {
    throw mistake(cursor, 'JSON has no comments');
  }
}

/** The text at the cursor, up to 40 characters. */
export function rest({ text, at }: JsonCursor): string {
  return text.slice(at, at + 40);
}

/** What is at the cursor, for a message. */
export function found(cursor: JsonCursor): string {
  const [word] = /^([\w.-]+|[\s\S])/u.exec(rest(cursor)) ?? [];
  return word === undefined ? 'the end of the file' : `'${word}'`;
}

/** An Error with the line and column of the cursor. */
export function mistake(cursor: JsonCursor, text: string): Error {
  const { line, column } = position(cursor);
  return new Error(`line ${line}, column ${column}: ${text}`);
}

/** The line and column of the cursor, counted from 1. */
export function position({ starts, at }: JsonCursor): { readonly line: number; readonly column: number } {
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
