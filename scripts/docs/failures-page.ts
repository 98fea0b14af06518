import type { ConditionalLine, FailureRow } from '../../src/domain/explain/failures/failure-row.js';
import { failureRows, unknownFailure } from '../../src/domain/explain/match-failure.js';
import { groupBy, type NonEmpty } from '../../src/domain/input/non-empty.js';
import { escapeText } from '../../src/domain/rendering/markdown.js';

const preface = `<!-- Made from src/domain/explain/failures by npm run docs -->

# Failures

The log of a failed step says which hop failed, who called which role, what AWS answered (code, message, request ID), the likely causes, and what to do.
This page contains the same texts, in case the log is no longer available. Search it for the code.

AWS often gives the same answer for many causes. The causes below are in order of likelihood. None of them is certain.

Some AWS denials contain an **authorization ID** and a link to the console. The link shows the check that failed, so the error annotation begins with it. The link works for at least 24 hours, for a principal with \`iam:GetRequestAuthorizationDetails\` in the account or the organization of the caller.

With [step debugging](https://docs.github.com/en/actions/how-tos/monitor-workflows/enable-debug-logging) on, the log also has the Region, the endpoint, the proxy, and each call with its time.
`;

/** The page with every failure that has an explanation. */
export function failuresPage(): string {
  return `${[preface, index(), ...groupBy([...failureRows, unknownFailure], ({ title }) => title).map(section)].join('\n').trimEnd()}\n`;
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
  return ['| code | explanation |', '|---|---|', ...lines, ''].join('\n');
}

/** The section of rows with one title: they differ only in codes, messages and operations. */
function section(rows: NonEmpty<FailureRow>): string {
  const [row] = rows;
  const { title, note, causes, fixes, shows } = row;
  return [
    `## ${escapeText(title)}`,
    '',
    ...rows.flatMap((one) => (one.codes.length === 0 ? [] : [matchText(one), ''])),
    ...(note === undefined ? [] : [escapeText(note), '']),
    ...causes.map((cause, at) => `${at + 1}. ${lineText(cause)}`),
    '',
    'What to do:',
    '',
    ...fixes.map((fix) => `- ${lineText(fix)}`),
    '',
    ...(shows === undefined ? [] : [`The log adds ${additionOf(row)}.`, '']),
  ].join('\n');
}

/** The codes, messages and operations that a row matches. */
function matchText({ codes, says, operations }: FailureRow): string {
  const code = (text: string) => `\`${text}\``;
  return [
    `Codes: ${codes.map((one) => code(shown(one))).join(', ')}`,
    ...(says === undefined ? [] : [`Message contains: ${says.map((words) => code(words.trim())).join(' or ')}`]),
    ...(operations === undefined ? [] : [`Operation: ${operations.map(code).join(', ')}`]),
  ].join('  \n');
}

/** A line, preceded by the conditions under which the log shows it. */
function lineText(line: ConditionalLine): string {
  return typeof line === 'string' ? escapeText(line) : `*If ${line.when.join(' and ')}:* ${escapeText(line.text)}`;
}

const addition = {
  policies: 'what the hop sent, and the policies of the caller and of the role, ready to paste',
  token: "the token's claims (never the token) and a trust policy that accepts exactly this job",
} as const;

/** SAML assertions are not parsed, so a row that only concerns assertions shows no claims. */
function additionOf({ shows = 'policies', operations }: FailureRow): string {
  const isSaml = operations?.every((operation) => operation === 'AssumeRoleWithSAML');
  return isSaml ? 'a trust policy that accepts the users of this SAML provider' : addition[shows];
}

function shown(code: string): string {
  return code.replace('*', '…');
}

/** GitHub's anchors: lower case, spaces become hyphens, other punctuation is removed. */
function linkTo({ title }: FailureRow): string {
  const anchor = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
  return `[${escapeText(title)}](#${anchor})`;
}
