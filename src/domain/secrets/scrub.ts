import { decodedBase64, type Form, plainForm } from './plain-form.js';
import { requestBodies } from './request-bodies.js';
import { createFragments } from './secret-fragments.js';

/** Removes secrets from texts. */
export interface Scrubber {
  /** Adds values to remove. */
  readonly add: (secrets: Iterable<string>) => void;
  /** Returns a text in which `***` replaces every secret, also one that is encoded, split by blanks, or cut. */
  readonly scrub: (text: string) => string;
}

type Range = readonly [start: number, end: number];

/** A pattern of credentials. */
interface Structure {
  /** A text with none of these words cannot match the pattern. Most lines have none, and are done quickly. */
  readonly words: readonly string[];
  readonly pattern: RegExp;
}

/** Patterns that are removed even if the value is not a known secret; only the group, if the pattern has one. */
const structures: readonly Structure[] = [
  {
    words: ['AWS4-'],
    pattern: /\bAWS4-[\w-]{1,40}\s+Credential=[^\s"'<>]+(?:,?\s+[A-Za-z]+=[^\s"'<>]+)*/g,
  },
  {
    words: ['Bearer', 'bearer', 'Basic', 'basic'],
    pattern: /\b(?:Bearer|bearer|Basic|basic)\s+(?=\S*[\d=])([\w.~+/=-]{8,})/g,
  },
  { words: ['eyJ'], pattern: /\beyJ[\w-]{10,}(?:\.[\w-]*)*/g },
  { words: ['Assertion'], pattern: /<(?:\w+:)?Assertion\b[\s\S]*?(?:<\/(?:\w+:)?Assertion>|$)/g },
  // JSON.parse quotes the text in its error message.
  { words: [' is not valid JSON'], pattern: /^[^"\n]*(".*")(?=(?:\.\.\.)? is not valid JSON)/gm },
  {
    words: ['AccessKey', 'Token', 'SAMLAssertion', 'aws_secret_access_key', 'aws_session_token', 'aws_security_token'],
    pattern:
      /(?:SecretAccessKey|SessionToken|SecurityToken|WebIdentityToken|SAMLAssertion|aws_secret_access_key|aws_session_token|aws_security_token)["']?\s*[:=>]\s*["']?(?=[\w/+=.%-]{0,127}[\dA-Z])([\w/+=.%-]{16,})/g,
  },
  { words: ['ecurity-'], pattern: /[Xx]-[Aa]mz-[Ss]ecurity-[Tt]oken["']?\s*[:=>]\s*["']?([\w/+=.%-]{16,})/g },
];

/** The Authorization header of a signed request, in a text without white space (see `plainForm`). */
const header: Structure = {
  words: ['AWS4-'],
  pattern: /AWS4-[\w-]{1,40}\s*Credential=[^,]{1,200},\s*SignedHeaders=[\w;-]*,\s*Signature=[0-9a-f]*/g,
};

/** A JSON web token that is encoded once more in base64. */
const token: Structure = { words: ['eyJ'], pattern: /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g };

/** The signature of a signed request, as a parameter or in a header. */
const signature: Structure = { words: ['ignature'], pattern: /(?<=[Ss]ignature\W{0,6})[\da-f]{64}/g };

/** Creates a scrubber that knows no secrets yet. */
export function createScrubber(): Scrubber {
  const known = new Set<string>();
  const fragments = createFragments();
  return {
    add(secrets) {
      for (const secret of secrets) {
        for (const written of [secret, ...(/[^ -~]/.test(secret) ? [encodeURIComponent(secret)] : [])]) {
          const plain = plainForm(written).text;
          if (!known.has(plain)) {
            known.add(plain);
            fragments.add(plain);
          }
        }
      }
    },
    scrub(text) {
      const plain = plainForm(text);
      const decoded = [0, 1, 2, 3].map((from) => decodedBase64(plain, from));
      const ranges = [plain, ...decoded].flatMap((form) => [
        ...fragments.find(form.text).map((range) => rangeIn(form, range)),
        ...[header, signature].flatMap((structure) => rangesOf(structure, form)),
        ...requestBodies(form.text).map(
          ([start, end]): Range => [form.startOf(start), wordEnd(text, form.endOf(end - 1))],
        ),
      ]);
      const tokens = decoded.flatMap((form) => rangesOf(token, form));
      return replaced(text, [...ranges, ...tokens, ...structuresIn(text)]);
    },
  };
}

function structuresIn(text: string): readonly Range[] {
  return structures.flatMap((structure) =>
    matchesOf(structure, text).map((match): Range => {
      const group = match[1];
      const start = group === undefined ? match.index : match.index + match[0].lastIndexOf(group);
      return [start, start + (group ?? match[0]).length];
    }),
  );
}

function matchesOf({ words, pattern }: Structure, text: string): readonly RegExpExecArray[] {
  return words.some((word) => text.includes(word)) ? [...text.matchAll(pattern)] : [];
}

function rangesOf(structure: Structure, form: Form): readonly Range[] {
  return matchesOf(structure, form.text).map(({ index, 0: { length } }) => rangeIn(form, [index, index + length]));
}

function wordEnd(text: string, from: number): number {
  return from + (/^[^\s"'<>]*/.exec(text.slice(from))?.[0].length ?? 0);
}

function rangeIn({ startOf, endOf }: Form, [start, end]: Range): Range {
  return [startOf(start), endOf(end - 1)];
}

function replaced(text: string, ranges: readonly Range[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const [start, end] of ranges.toSorted(([one], [other]) => one - other)) {
    if (start > position || (start === position && parts.length === 0)) {
      parts.push(text.slice(position, start), '***');
    }
    position = Math.max(position, end);
  }
  return parts.join('') + text.slice(position);
}
