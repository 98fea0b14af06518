import type { Refusal } from '../input/problem.js';
import { emptyItemFix } from '../input/problem.js';
import { quote, strangeCharacters } from '../input/quote.js';
import { likelyArn } from './likely-arn.js';
import { explainOtherArn, otherArn } from './other-resource-arn.js';

type Rule = readonly [pattern: RegExp, explain: (text: string, match: readonly string[]) => Refusal];

const anArn = 'arn:aws:iam::<account ID>:role/<name>';

/** Patterns of invalid roles, the most specific first. */
const rules: readonly Rule[] = [
  [
    strangeCharacters,
    (text) => ({
      what: `${quote(text)} cannot be a role`,
      fix: 'Retype that character: texts copied from a document or chat often have look-alikes in them',
    }),
  ],
  [
    /^\d{12}$/,
    (text) => ({
      what: `${quote(text)} is an account ID, not a role`,
      fix: `Write the role in that account: arn:aws:iam::${text}:role/<name>`,
    }),
  ],
  [
    /\$\{\{|\{\{|\$\{?[A-Za-z_]\w*/,
    (text, [found = '']) => ({
      what: `${quote(text)} contains ${quote(found)}, which was not replaced by a value`,
      fix: `Write the value itself, as in ${anArn}; in a workflow, write an expression like \${{ vars.NAME }}, because with: does not expand shell variables`,
    }),
  ],
  [
    /^(["'`])(.*)\1$/,
    (_, [, , inner = '']) => ({
      what: `there are quotes around ${quote(inner)}`,
      fix: `Write it without them: ${inner}`,
    }),
  ],
  [
    /^(?:-|[*•·]\s?|\d{1,2}[.)]\s?)(?=\S*arn:)(\S+)$/,
    (text, [, rest = '']) => ({
      what: `${quote(text)} begins like an item of a list`,
      fix: `Write ${rest} on a line of its own, or "- ${rest}", with a space after the dash, in every line`,
    }),
  ],
  [
    /^role(?:[-_]?to[-_]?assume|[-_]?arn)?(?:\s*[:=]\s*|\s+)(?=\S*arn:)(\S+)$/i,
    (text, [, rest = '']) => ({
      what: `${quote(text)} contains the name of the key`,
      fix: `Write role-to-assume: ${rest}, with a colon and a space, or ${rest} alone`,
    }),
  ],
  [
    /^(?:null|undefined)$/,
    (text) => ({
      what: `${quote(text)} is what toJSON() and scripts write for an unset value`,
      fix: `Write the role. If its name is ${text}, write /${text}. ${emptyItemFix}`,
    }),
  ],
  [
    /^(?:-\s|\[)/,
    (text) => ({
      what: `${quote(text)} is written as a list, and one role is expected here`,
      fix: `Write ${likelyArn(text) ?? anArn}, without dashes, brackets and quotes; role-chain takes lists`,
    }),
  ],
  [
    /<[^<>]*>/,
    (text, [found = '']) => ({
      what: `${quote(text)} contains ${quote(found)}, which is a placeholder`,
      fix: 'Write the value in its place, without the angle brackets',
    }),
  ],
  [
    /^(.*?)\s*(->|=>|→|;|\|)\s*(.*)$/s,
    (text, [, first = '', separator = '', second = '']) => ({
      what: `${quote(text)} contains more than one role, separated by ${separator}`,
      fix: `Write them in role-chain, one role per line: ${first || '<role>'}, then ${second || '<role>'}`,
    }),
  ],
  [
    /^arn:.*?[\s,]arn:/s,
    (text) => ({
      what: `${quote(text)} contains more than one ARN`,
      fix: `Write them in role-chain, one role per line${/\s-\s/.test(text) ? ', with the dashes below each other' : ''} (role-chain: | keeps lines apart, role-chain: > does not): ${(text.match(/arn:[^\s,]+/g) ?? []).join(', then ')}`,
    }),
  ],
  [
    /^\S+\s+#/,
    (text) => ({ what: `${quote(text)} contains a comment`, fix: 'Give the comment a line of its own in role-chain' }),
  ],
  [
    /^arn:.*[\s\p{Cc}]/su,
    (text) => ({
      what: `${quote(text)} contains white space or a line break`,
      fix: `Write it like ${likelyArn(text) ?? anArn}, one role per line`,
    }),
  ],
  [
    /^arn:.*arn:/s,
    (text) => ({ what: `${quote(text)} contains more than one ARN`, fix: 'Write one role per line of role-chain' }),
  ],
  [
    /^arn:([\w-]*):(?:sts|iam):[^:]*:(\d*):assumed-role\/([^/]*)/,
    (text, [, partition = '', account = '', name = '']) => ({
      what: `${quote(text)} is the ARN of a session, not of a role`,
      fix: `Give the role behind it: arn:${partition}:iam::${account}:role/${name} (with its path, if it has one)`,
    }),
  ],
  [otherArn, (text, match) => explainOtherArn(text, match)],
  [
    /^(\d{12})\/(.+)$/,
    (text, [, account = '', name = '']) => ({
      what: `${quote(text)} is an account ID and a name, not a role`,
      fix: `Write arn:aws:iam::${account}:role/${name}. If the role's path is /${account}/, write /${text}`,
    }),
  ],
  [
    /^:?(?:assumed-)?role\/(.+)$/,
    (text, [, name = '']) => ({
      what: `${quote(text)} is the end of an ARN, not a role's name`,
      fix: `Write arn:aws:iam::<account ID>:role/${name}, or the name alone: ${name}. If the role's path is /role/, write /role/${name}`,
    }),
  ],
  [
    /^(?:(aws[\w-]*):)?(?:iam|sts):*(\d*):(?:assumed-)?role\/(.+)$/,
    (text, [, partition = 'aws', account = '', name = '']) => ({
      what: `${quote(text)} is an ARN without its beginning`,
      fix: `Write arn:${partition}:iam::${account || '<account ID>'}:role/${name}`,
    }),
  ],
  [
    /^(\d{12}):(?:role\/)?(.+)$/,
    (text, [, account = '', name = '']) => ({
      what: `${quote(text)} is neither the ARN nor the name of a role`,
      fix: `Write arn:aws:iam::${account}:role/${name}`,
    }),
  ],
];

/** Maximum length of a text to explain; the patterns take quadratic time. */
const mostCharacters = 8_192;

/** Explains an invalid role; undefined if no pattern matches. */
export function explainNotARole(text: string): Refusal | undefined {
  for (const [pattern, explain] of rules) {
    const match = text.length > mostCharacters ? null : pattern.exec(text);
    if (match !== null) {
      return explain(text, match);
    }
  }
  return undefined;
}
