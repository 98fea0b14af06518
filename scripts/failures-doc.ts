import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { escapeText } from '../src/domain/document/markdown.js';
import type { FailureRow } from '../src/domain/explain/failures/row.js';
import { failureRows, unknownFailure } from '../src/domain/explain/match-failure.js';

const file = join(import.meta.dirname, '..', 'docs', 'failures.md');

const preface = `<!-- Made from src/domain/explain/failures by npm run docs -->

# Failures

A failed step says in its log which hop failed, who called whom, AWS's own words, code and request ID, what is likely and what to do.
This page has the same texts, for when the log is gone. Search it for the code.

AWS often gives one answer for many causes. The causes below are in order of likelihood; none of them is certain.
`;

/** The page of every failure that has an explanation. */
export function failuresPage(): string {
  return `${[preface, index(), ...failureRows.map(section), section(unknownFailure)].join('\n').trimEnd()}\n`;
}

function index(): string {
  const codes = new Map<string, FailureRow[]>();
  for (const row of failureRows) {
    for (const code of row.codes) {
      codes.set(code, [...(codes.get(code) ?? []), row]);
    }
  }
  const lines = [...codes]
    .filter(([code]) => !codes.has(code.replace(/Exception$/, '')) || !code.endsWith('Exception'))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([code, rows]) => `| \`${shown(code)}\` | ${[...new Set(rows.map(linkTo))].join(' · ')} |`);
  return ['| code | means |', '|---|---|', ...lines, ''].join('\n');
}

function section(row: FailureRow): string {
  const { title, codes, says, operations, note, causes, fixes, shows } = row;
  const first = failureRows.find((other) => other.title === title);
  const about = [
    ...(codes.length === 0 ? [] : [`Codes: ${codes.map((code) => `\`${shown(code)}\``).join(', ')}`]),
    ...(says === undefined ? [] : [`Says: ${says.map((words) => `\`${words.trim()}\``).join(' or ')}`]),
    ...(operations === undefined ? [] : [`Call: ${operations.map((operation) => `\`${operation}\``).join(', ')}`]),
  ];
  return [
    ...(first === row || first === undefined ? [`## ${escapeText(title)}`, ''] : []),
    ...(about.length === 0 ? [] : [`${about.join('  \n')}`, '']),
    ...(note === undefined ? [] : [escapeText(note), '']),
    ...causes.map((cause, at) => `${at + 1}. ${escapeText(cause)}`),
    '',
    'What to do:',
    '',
    ...fixes.map((fix) => `- ${escapeText(fix)}`),
    '',
    ...(shows === undefined ? [] : [`The log adds ${additionOf(row)}.`, '']),
  ].join('\n');
}

const addition = {
  policies: 'the policies of both sides, ready to paste',
  token: "the token's claims (never the token) and a trust policy that accepts exactly this job",
} as const;

/** The claims of an assertion are not read, so a row about assertions alone shows none. */
function additionOf({ shows = 'policies', operations }: FailureRow): string {
  const isSaml = operations?.every((operation) => operation === 'AssumeRoleWithSAML');
  return isSaml ? 'a trust policy that lets the users of this SAML provider in' : addition[shows];
}

function shown(code: string): string {
  return code.replace('*', '…');
}

/** GitHub's own anchors: lower case, blanks to hyphens, the rest of the punctuation gone. */
function linkTo({ title }: FailureRow): string {
  const anchor = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
  return `[${escapeText(title)}](#${anchor})`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(file, failuresPage());
}
