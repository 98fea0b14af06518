/** One line of a file by offsets: `end` is before its newline, `next` after it. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly next: number;
  readonly text: string;
}

/** One section as the SDKs read it: with keys in lower case, and the last value of a repeated key. Lines start at 1. */
export interface Section {
  readonly name: string;
  /** The line with the section's name, as written. */
  readonly header: string;
  readonly line: number;
  readonly entries: ReadonlyMap<string, string>;
  readonly entryLines: ReadonlyMap<string, number>;
  /** The numbers of lines that repeat a key of the section. */
  readonly repeatedLines: readonly number[];
  /**
   * Whether every tool recognizes the identity keys (`aws_…`, `role_arn` and so on): they are in lower case and
   * followed by an equals sign.
   */
  readonly isPlain: boolean;
  /**
   * Whether every tool reads the same values: each identity key is on a line without a comment, and not indented under
   * another key. The AWS CLI makes comments and indented lines part of a value.
   */
  readonly isFlat: boolean;
}

/** A line that is not a header, entry, comment or blank; it may contain a secret, so show only its number. */
export interface MalformedLine {
  readonly line: number;
  readonly text: string;
}

const header = /^\s*\[([^\]]+)\]/;
const blankOrComment = /^\s*(?:[#;].*)?$/;
const quotedName = /^(\S+) (["'])\s*(.*?)\s*\2$/;

/** The lines of a text, without a byte order mark; a generator, because a file may have millions. */
export function* linesIn(text: string): Generator<Line> {
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    const next = feed === -1 ? text.length : feed + 1;
    const end = feed === -1 ? next : feed > start && text[feed - 1] === '\r' ? feed - 1 : feed;
    yield { start, end, next, text: text.slice(start, end) };
    start = next;
  }
}

/** All lines of a short text. */
export function linesOf(text: string): Line[] {
  return [...linesIn(text)];
}

/** Normalizes a section name: `profile  "x"` is `profile x`, `profile default` is `default`. */
export function normalName(name: string): string {
  const spaced = name.trim().replace(/\s+/g, ' ');
  const plain = spaced.replace(quotedName, '$1 $3');
  return plain === 'profile default' ? 'default' : plain;
}

/** The name in a section's header; undefined for any other line. */
export function headerName(line: string): string | undefined {
  const name = header.exec(line)?.[1];
  return name === undefined ? undefined : normalName(name);
}

/** Whether an SDK ignores a line. */
export function isBlankOrComment(line: Pick<Line, 'text'> | undefined): boolean {
  return line === undefined || blankOrComment.test(line.text);
}

/**
 * Reads `key = value`, or `key: value` like the AWS CLI, boto3 and Go, with the key in lower case and, like the SDKs,
 * without a trailing ` # comment`.
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

/** The sections of a text, as the SDKs read it. */
export interface Sections {
  /** In file order, with duplicates; without lines that are indented under a key with an empty value. */
  readonly sections: readonly Section[];
  /** The lines that no tool can parse, also those before the first header. */
  readonly malformed: readonly MalformedLine[];
}

interface OpenSection extends Section {
  readonly entries: Map<string, string>;
  readonly entryLines: Map<string, number>;
  readonly repeatedLines: number[];
  isPlain: boolean;
  isFlat: boolean;
  /** The indentation of the last key. */
  indent: number;
}

/** Parses the text of an AWS file in one pass. */
export function parseSections(text: string): Sections {
  const sections: OpenSection[] = [];
  const malformed: MalformedLine[] = [];
  let parentIndent: number | undefined;
  let number = 0;
  for (const line of linesIn(text)) {
    number += 1;
    if (line.start === line.end || isBlankOrComment(line)) {
      continue;
    }
    const name = headerName(line.text);
    if (name !== undefined) {
      sections.push(openSection(name, line.text, number));
      parentIndent = undefined;
      continue;
    }
    const indent = line.text.search(/\S/);
    if (parentIndent !== undefined && indent > parentIndent) {
      continue;
    }
    const section = sections.at(-1);
    const entry = section && entryOf(line.text);
    parentIndent = entry?.value === '' ? indent : undefined;
    if (entry === undefined) {
      malformed.push({ line: number, text: line.text });
    } else if (section !== undefined) {
      addEntry(section, entry, { number, text: line.text });
    }
  }
  return { sections, malformed };
}

function openSection(name: string, header: string, line: number): OpenSection {
  const empty = { entries: new Map(), entryLines: new Map(), repeatedLines: [] };
  return { name, header, line, ...empty, isPlain: true, isFlat: true, indent: Number.POSITIVE_INFINITY };
}

function addEntry(
  section: OpenSection,
  { key, value }: { readonly key: string; readonly value: string },
  line: { readonly number: number; readonly text: string },
): void {
  if (section.entries.has(key)) {
    section.repeatedLines.push(line.number);
  }
  const written = line.text.slice(0, line.text.search(/[=:]/) + 1).trim();
  const indent = line.text.search(/\S/);
  if (identityKeys.test(key)) {
    section.isPlain &&= isPlainKey(written, key);
    section.isFlat &&= indent <= section.indent && !/\s[#;]/.test(line.text);
  }
  section.indent = indent;
  section.entries.set(key, value);
  section.entryLines.set(key, line.number);
}

/** Matches the keys of a profile that determine which identity it gives. */
const identityKeys = /^(aws_|role_arn$|source_profile$|credential_|web_identity_|sso_|login_)/;

function isPlainKey(written: string, key: string): boolean {
  return written.endsWith('=') && written.slice(0, -1).trimEnd() === key;
}

/** Parses the sections of a text, in file order. */
export function readSections(text: string): readonly Section[] {
  return parseSections(text).sections;
}

/** The normalized names of a text's sections. */
export function sectionNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const line of linesIn(text)) {
    const name = headerName(line.text);
    if (name !== undefined) {
      names.add(name);
    }
  }
  return names;
}

/** The name of a profile's section in the config file. In the credentials file, it is the name of the profile. */
export function configSection(profile: string): string {
  return profile === 'default' ? 'default' : `profile ${profile}`;
}
