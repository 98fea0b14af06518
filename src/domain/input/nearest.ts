/** The word that somebody meant: the only known one that contains theirs, else the closest; undefined if none is close. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = normal(word);
  const [whole, ...others] = known.filter((name) => plain.length > 2 && normal(name).includes(plain));
  if (whole !== undefined && others.length === 0) {
    return whole;
  }
  const best = closest(plain, known);
  return best !== undefined && best.distance <= Math.max(2, Math.ceil(best.name.length / 2)) ? best.name : undefined;
}

/**
 * The known word of which another one can only be a misspelling: the same but for case, `_` and `-`, two keystrokes
 * apart at most (a swap is one), or the singular or plural of it. A mere part of a word is none.
 */
export function misspelt(word: string, known: readonly string[]): string | undefined {
  const plain = normal(word);
  const plural = known.find((name) => singular(normal(name)) === singular(plain));
  const best = closest(plain, known);
  return best !== undefined && best.distance <= 2 ? best.name : plural;
}

function closest(plain: string, known: readonly string[]): { name: string; distance: number } | undefined {
  const ranked = known.map((name) => ({ name, distance: distance(plain, normal(name)) }));
  return ranked.reduce<(typeof ranked)[number] | undefined>(
    (best, one) => (best === undefined || one.distance < best.distance ? one : best),
    undefined,
  );
}

function normal(word: string): string {
  return word.toLowerCase().replaceAll('_', '-');
}

function singular(word: string): string {
  const parts = word.split('-').map((part) => part.replace(/ies$/, 'y').replace(/s$/, ''));
  return parts.join('-');
}

/** How many letters have to be added, taken out, replaced, or swapped with their neighbour. */
function distance(left: string, right: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 0; i < left.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < right.length; j += 1) {
      const replaced = (row[j] ?? 0) + (left[i] === right[j] ? 0 : 1);
      const isSwap = i > 0 && j > 0 && left[i] === right[j - 1] && left[i - 1] === right[j];
      const swapped = isSwap ? (before[j - 1] ?? 0) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[right.length] ?? 0;
}
