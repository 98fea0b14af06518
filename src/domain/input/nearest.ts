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

/** How many letters have to be added, taken out, replaced, or swapped with their neighbour (Damerau and Levenshtein). */
function distance(left: string, right: string): number {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, index) => index)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  const lastRow = new Map<string, number>();
  for (const [i, letter] of [...left].entries()) {
    const row = [i + 1];
    rows.push(row);
    let lastColumn = -1;
    for (const [j, other] of [...right].entries()) {
      const swapRow = lastRow.get(other) ?? -1;
      const swapped = at(swapRow, lastColumn) + (i - swapRow) + (j - lastColumn) - 1;
      const replaced = at(i, j) + (letter === other ? 0 : 1);
      row.push(Math.min(replaced, at(i, j + 1) + 1, at(i + 1, j) + 1, swapped));
      if (letter === other) {
        lastColumn = j;
      }
    }
    lastRow.set(letter, i);
  }
  return at(left.length, right.length);
}
