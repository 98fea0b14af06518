/** Look-alike and invisible characters with their names. */
const strange: readonly (readonly [characters: RegExp, name: string])[] = [
  [/\t/u, 'a tab'],
  [/[\u00a0\u2007\u202f]/u, 'a no-break space'],
  [/[\u2000-\u2006\u2008-\u200a\u205f\u3000]/u, 'a typographic space'],
  [/[\u201c-\u201f\u00ab\u00bb]/u, 'a typographic double quote'],
  [/[\u2018-\u201b]/u, 'a typographic single quote'],
  [/[\u2010-\u2015\u2212]/u, 'a typographic dash'],
  [/[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u, 'an invisible character'],
  [/[\u2236\ua789\uff1a]/u, 'a character that only looks like a colon'],
  [/[\uff01-\uff5e]/u, 'a full-width character'],
];

/** Matches any of these characters except a tab, which messages about white space explain. */
export const strangeCharacters = new RegExp(
  strange
    .slice(1)
    .map(([characters]) => characters.source)
    .join('|'),
  'u',
);

/** The first look-alike or invisible character of a text with its offset; undefined if there is none. */
export function strangeCharacter(text: string): { readonly name: string; readonly offset: number } | undefined {
  const firsts = strange.flatMap(([characters, name]) => {
    const offset = text.search(characters);
    return offset < 0 ? [] : [{ name: `${name} (${codePoint(text, offset)})`, offset }];
  });
  return firsts.reduce<(typeof firsts)[number] | undefined>(
    (first, other) => (first === undefined || other.offset < first.offset ? other : first),
    undefined,
  );
}

function codePoint(text: string, offset: number): string {
  return `U+${(text.codePointAt(offset) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * Quotes a user's text for a message: escapes control characters, shortens long texts in the middle, and names the
 * first look-alike character.
 */
export function quote(text: string): string {
  const shown = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll('\\\\', '\\');
  const strange = strangeCharacter(text);
  const note = strange === undefined ? '' : ` (with ${strange.name})`;
  return `'${shown.length > 120 ? `${shown.slice(0, 80)}…${shown.slice(-30)}` : shown}'${note}`;
}
