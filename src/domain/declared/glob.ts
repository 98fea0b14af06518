/**
 * Makes a test whether a name matches a pattern of `*` (any characters) and `?` (one character). Only the last `*`
 * backtracks, so a test takes at most time proportional to the pattern's length times the name's length.
 */
export function glob(pattern: string): (name: string) => boolean {
  const wanted = [...pattern];
  const [start = ''] = pattern.split(/[*?]/, 1);
  return (name) => name.startsWith(start) && fits(wanted, [...name]);
}

function fits(wanted: readonly string[], given: readonly string[]): boolean {
  let [at, from] = [0, 0];
  let star: { readonly at: number; from: number } | undefined;
  while (from < given.length) {
    if (wanted[at] === '*') {
      star = { at, from };
      at += 1;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[from])) {
      at += 1;
      from += 1;
    } else if (star !== undefined) {
      star.from += 1;
      at = star.at + 1;
      from = star.from;
    } else {
      return false;
    }
  }
  return wanted.slice(at).every((character) => character === '*');
}
