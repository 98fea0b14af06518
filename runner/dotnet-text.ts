// What .NET's Char.IsWhiteSpace knows: JavaScript's \s lacks U+0085 and has U+FEFF besides.
const BLANK = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const LEADING = new RegExp(`^${BLANK}+`);
const TRAILING = new RegExp(`${BLANK}+$`);

/** A text without the blanks that .NET's `TrimStart` takes from its beginning. */
export function trimStart(text: string): string {
  return text.replace(LEADING, '');
}

/** A text without the blanks that .NET's `Trim` takes from both ends. */
export function trim(text: string): string {
  return trimStart(text).replace(TRAILING, '');
}

/** Lower case of ASCII letters only: .NET compares command names without regard to case, but by ordinal. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Sets a value as a .NET dictionary without regard to case does: the first spelling of a name stays. */
export function setIgnoringCase(target: Record<string, string>, name: string, value: string): void {
  const known = Object.keys(target).find((each) => each.toUpperCase() === name.toUpperCase());
  target[known ?? name] = value;
}
