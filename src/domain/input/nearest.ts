/** Characters of a word that may be a misspelling. */
const mostCharacters = 200;

/** Keystrokes that a misspelling is apart from the word. */
const mostKeystrokes = 2;

/** The word that somebody meant: the only known one that contains theirs, else the closest; undefined if none is close. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = normal(word);
  const [whole, ...others] = known.filter((name) => plain.length > 2 && normal(name).includes(plain));
  if (whole !== undefined && others.length === 0) {
    return whole;
  }
  const best = closest(plain, known);
  return best !== undefined && distance(plain, normal(best), mostApart(best) + 1) <= mostApart(best) ? best : undefined;
}

/**
 * The known word of which another one can only be a misspelling: the same but for case, `_` and `-`, two keystrokes
 * apart at most (a swap is one), or the singular or plural of it. A mere part of a word is none.
 */
export function misspelt(word: string, known: readonly string[]): string | undefined {
  const plain = normal(word);
  const plural = known.find((name) => singular(normal(name)) === singular(plain));
  return closest(plain, known, mostKeystrokes + 1) ?? plural;
}

/** The first of the closest known words that are less than `limit` apart. */
function closest(plain: string, known: readonly string[], limit = Number.POSITIVE_INFINITY): string | undefined {
  let best: string | undefined;
  let least = limit;
  for (const name of known.filter((one) => isComparable(plain, one))) {
    const found = distance(plain, normal(name), least);
    if (found < least) {
      best = name;
      least = found;
    }
  }
  return best;
}

/** Whether two words can be close: the time to compare them grows with the product of their lengths. */
function isComparable(plain: string, name: string): boolean {
  return plain.length <= mostCharacters && Math.abs(plain.length - name.length) <= mostApart(name);
}

/** How far a word may be from one that is meant. */
function mostApart({ length }: string): number {
  return Math.max(mostKeystrokes, Math.ceil(length / 2));
}

function normal(word: string): string {
  return word.toLowerCase().replaceAll('_', '-');
}

function singular(word: string): string {
  const parts = word.split('-').map((part) => part.replace(/ies$/, 'y').replace(/s$/, ''));
  return parts.join('-');
}

/**
 * How many letters have to be added, taken out, replaced, or swapped with their neighbour (Damerau and Levenshtein);
 * infinite as soon as it cannot be less than `limit`.
 */
function distance(left: string, right: string, limit: number): number {
  const width = right.length + 1;
  const cells = Array.from({ length: width }, (_, column) => column);
  const at = (row: number, column: number) => cells[row * width + column] ?? Number.POSITIVE_INFINITY;
  const lastRow = new Map<string, number>();
  for (let row = 1; row <= left.length; row += 1) {
    const letter = left[row - 1] ?? '';
    let lastColumn = 0;
    let least = row;
    cells.push(row);
    for (let column = 1; column < width; column += 1) {
      const other = right[column - 1] ?? '';
      const swapRow = lastRow.get(other) ?? 0;
      const swapped =
        swapRow > 0 && lastColumn > 0
          ? at(swapRow - 1, lastColumn - 1) + (row - swapRow) + (column - lastColumn) - 1
          : Number.POSITIVE_INFINITY;
      const replaced = at(row - 1, column - 1) + (letter === other ? 0 : 1);
      const value = Math.min(replaced, at(row - 1, column) + 1, at(row, column - 1) + 1, swapped);
      cells.push(value);
      least = Math.min(least, value);
      lastColumn = letter === other ? column : lastColumn;
    }
    if (least >= limit) {
      return Number.POSITIVE_INFINITY;
    }
    lastRow.set(letter, row);
  }
  return at(left.length, right.length);
}
