const any = Symbol('*');
const one = Symbol('?');

/** A pattern: literal characters and the two wildcards. */
export type Pattern = readonly (string | typeof any | typeof one)[];

const wildcards: Readonly<Record<string, typeof any | typeof one>> = { '*': any, '?': one };

/** A pattern that matches only this text; `*` and `?` are ordinary characters. */
export function literal(text: string): Pattern {
  return [...text];
}

/** Parses a pattern: `*` matches any characters, `?` exactly one. */
export function pattern(text: string): Pattern {
  return [...text].map((character) => wildcards[character] ?? character);
}

/** Whether the pattern matches the whole text; linear in practice, never exponential. */
export function matches(wanted: Pattern, text: string): boolean {
  const characters = [...text];
  let at = 0;
  let seen = 0;
  let star = -1;
  let resume = 0;
  while (seen < characters.length) {
    const token = wanted[at];
    if (token === any) {
      star = at;
      resume = seen;
      at += 1;
    } else if (token === one || (token !== undefined && token === characters[seen])) {
      at += 1;
      seen += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      seen = resume;
    } else {
      return false;
    }
  }
  while (wanted[at] === any) {
    at += 1;
  }
  return at === wanted.length;
}

/** The same pattern with its literal characters in lower case. */
export function lowerCased(wanted: Pattern): Pattern {
  return wanted.map((token) => (typeof token === 'string' ? token.toLowerCase() : token));
}

/** Splits a pattern at a literal character into at most `limit` parts. */
export function splitPattern(wanted: Pattern, separator: string, limit: number): Pattern[] {
  const parts: (string | typeof any | typeof one)[][] = [[]];
  for (const token of wanted) {
    if (token === separator && parts.length < limit) {
      parts.push([]);
    } else {
      parts.at(-1)?.push(token);
    }
  }
  return parts;
}

/** The pattern as text, for operators without wildcards. */
export function plainText(wanted: Pattern): string {
  return wanted.map((token) => (token === any ? '*' : token === one ? '?' : token)).join('');
}
