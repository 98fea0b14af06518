// The characters of .NET's Char.IsWhiteSpace. JavaScript's \s lacks U+0085 and adds U+FEFF.
const blank = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const leading = new RegExp(`^${blank}+`);
const trailing = new RegExp(`${blank}+$`);

/** Removes leading whitespace as .NET's `TrimStart` does. */
export function trimStart(text: string): string {
  return text.replace(leading, '');
}

/** Removes whitespace at both ends as .NET's `Trim` does. */
export function trim(text: string): string {
  return trimStart(text).replace(trailing, '');
}

/** Lower-cases ASCII letters only: .NET compares command names with OrdinalIgnoreCase. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Sets a value as a case-insensitive .NET dictionary does: the first spelling of a name is kept. */
export function setIgnoringCase(target: Record<string, string>, name: string, value: string): void {
  const known = Object.keys(target).find((each) => each.toUpperCase() === name.toUpperCase());
  target[known ?? name] = value;
}
