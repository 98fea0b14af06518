/** Maximum length of a word that may be a misspelling. */
const mostCharacters = 200;

/** Maximum edit distance between a misspelling and the word. */
const mostKeystrokes = 2;

/** The closest known word: the only one that contains it, else that with the fewest edits; undefined if not close. */
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
 * The known word that a given word misspells: equal except for case, `_` and `-`, an edit distance of at most two
 * (a swap counts as one), or its singular or plural. A substring alone does not match.
 */
export function misspelt(word: string, known: readonly string[]): string | undefined {
  const near = closest(normal(word), known, mostKeystrokes + 1);
  if (near !== undefined) {
    return near;
  }
  const singular = singularParts(word).join('-');
  return known.find((name) => singularParts(name).join('-') === singular);
}

/** The first known word with the smallest edit distance below `limit`. */
function closest(plain: string, known: readonly string[], limit = Number.POSITIVE_INFINITY): string | undefined {
  let best: string | undefined;
  let least = limit;
  for (const name of known.filter((one) => isComparable(plain, one))) {
    const edits = distance(plain, normal(name), least);
    if (edits < least) {
      best = name;
      least = edits;
    }
  }
  return best;
}

/**
 * Whether two words may be close enough to compare; a comparison takes time proportional to the product of their
 * lengths.
 */
function isComparable(plain: string, name: string): boolean {
  return plain.length <= mostCharacters && Math.abs(plain.length - name.length) <= mostApart(name);
}

/** The maximum edit distance of a suggestion for a word. */
function mostApart({ length }: string): number {
  return Math.max(mostKeystrokes, Math.ceil(length / 2));
}

function normal(word: string): string {
  return word.toLowerCase().replaceAll('_', '-');
}

/** The parts of a name between `-` or `_`, in lower case and in the singular. */
export function singularParts(word: string): readonly string[] {
  return normal(word)
    .split('-')
    .map((part) => part.replace(/ies$/, 'y').replace(/s$/, ''));
}

/**
 * The Damerau-Levenshtein distance: letters to add, remove, replace or swap with a neighbour;
 * infinity as soon as it cannot be less than `limit`.
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
