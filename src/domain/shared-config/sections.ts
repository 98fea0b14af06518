/** One line of a file by its offsets: `end` stands before the line's own newline, `next` after it. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly next: number;
  readonly text: string;
}

/** A section by line numbers from 0: its header, its last line that is neither blank nor a comment, the next header. */
export interface Block {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly until: number;
}

/** One section as the SDKs read it; keys are lower-cased, lines count from 1, of a key set twice the last value counts. */
export interface Section {
  readonly name: string;
  readonly line: number;
  readonly entries: ReadonlyMap<string, string>;
  readonly entryLines: ReadonlyMap<string, number>;
  /** Lines that give a key once more. */
  readonly repeatedLines: readonly number[];
  /** Whether every key is in lower case and before an equals sign, as every tool reads it. */
  readonly isPlain: boolean;
}

/** A line that is no header, entry, comment or blank; it may hold a secret, so show its number rather than its text. */
export interface MalformedLine {
  readonly line: number;
  readonly text: string;
}

const header = /^\s*\[([^\]]+)\]/;
const blankOrComment = /^\s*(?:[#;].*)?$/;
const quotedName = /^(\S+) (["'])(.*)\2$/;

/** Splits a text at LF or CRLF; a byte order mark belongs to no line. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    const next = feed === -1 ? text.length : feed + 1;
    const end = feed === -1 ? next : feed > start && text[feed - 1] === '\r' ? feed - 1 : feed;
    lines.push({ start, end, next, text: text.slice(start, end) });
    start = next;
  }
  return lines;
}

/** Brings the ways to write one section name together: `profile  "x"` is `profile x`, `profile default` is `default`. */
export function normalName(name: string): string {
  const spaced = name.trim().replace(/\s+/g, ' ');
  const plain = spaced.replace(quotedName, (_, prefix, __, quoted) => `${prefix} ${quoted.trim()}`);
  return plain === 'profile default' ? 'default' : plain;
}

/** Finds every section; blank lines and comments at its end belong to what follows. */
export function blocksOf(lines: readonly Line[]): Block[] {
  const heads = lines.flatMap(({ text }, first) => {
    const name = header.exec(text)?.[1];
    return name === undefined ? [] : [{ name: normalName(name), first }];
  });
  return heads.map((head, index) => {
    const until = heads[index + 1]?.first ?? lines.length;
    return { ...head, last: lastContent(lines, head.first, until), until };
  });
}

function lastContent(lines: readonly Line[], first: number, until: number): number {
  let last = until - 1;
  while (last > first && isBlankOrComment(lines[last])) {
    last -= 1;
  }
  return last;
}

/** Whether a line says nothing to an SDK. */
export function isBlankOrComment(line: Pick<Line, 'text'> | undefined): boolean {
  return line === undefined || blankOrComment.test(line.text);
}

/**
 * Reads `key = value`, or `key: value` as the AWS CLI, boto3 and Go do, with the key lower-cased and, as the SDKs do,
 * without a ` # comment` behind the value.
 */
export function entryOf(line: string): { key: string; value: string } | undefined {
  const delimiter = line.search(/[=:]/);
  const key = line.slice(0, Math.max(delimiter, 0)).trim().toLowerCase();
  if (key === '' || /^[#;]/.test(key)) {
    return undefined;
  }
  const behind = line.slice(delimiter + 1);
  const comment = behind.search(/\s[#;]/);
  return { key, value: (comment === -1 ? behind : behind.slice(0, comment)).trim() };
}

/** Reads every section in the order of the file, duplicates one by one; keys nested under an empty one are left out. */
export function readSections(text: string): Section[] {
  const lines = linesOf(text);
  return blocksOf(lines).map((block) => readBlock(lines, block).section);
}

/** Lists the lines no reader understands, those before the first header included. */
export function malformedLines(text: string): MalformedLine[] {
  const lines = linesOf(text);
  const blocks = blocksOf(lines);
  const before = lines.slice(0, blocks[0]?.first ?? lines.length);
  const orphans = before.flatMap((line, at) => (isBlankOrComment(line) ? [] : [{ line: at + 1, text: line.text }]));
  return [...orphans, ...blocks.flatMap((block) => readBlock(lines, block).malformed)];
}

function readBlock(lines: readonly Line[], block: Block): { section: Section; malformed: MalformedLine[] } {
  const entries = new Map<string, string>();
  const entryLines = new Map<string, number>();
  const repeatedLines: number[] = [];
  const malformed: MalformedLine[] = [];
  let isPlain = true;
  let parentIndent: number | undefined;
  for (const [offset, line] of lines.slice(block.first + 1, block.last + 1).entries()) {
    if (isBlankOrComment(line)) {
      continue;
    }
    const indent = line.text.search(/\S/);
    if (parentIndent !== undefined && indent > parentIndent) {
      continue;
    }
    const number = block.first + offset + 2;
    const entry = entryOf(line.text);
    parentIndent = entry?.value === '' ? indent : undefined;
    if (entry === undefined) {
      malformed.push({ line: number, text: line.text });
    } else {
      if (entries.has(entry.key)) {
        repeatedLines.push(number);
      }
      const written = line.text.slice(0, line.text.search(/[=:]/) + 1).trim();
      isPlain &&= written.endsWith('=') && written.slice(0, -1).trimEnd() === entry.key;
      entries.set(entry.key, entry.value);
      entryLines.set(entry.key, number);
    }
  }
  return {
    section: { name: block.name, line: block.first + 1, entries, entryLines, repeatedLines, isPlain },
    malformed,
  };
}

/** The names of a text's sections, however their headers are spaced or quoted. */
export function sectionNames(text: string): ReadonlySet<string> {
  return new Set(blocksOf(linesOf(text)).map(({ name }) => name));
}

/** The section of a profile in the config file; in the credentials file it is the profile's bare name. */
export function configSection(profile: string): string {
  return profile === 'default' ? 'default' : `profile ${profile}`;
}
