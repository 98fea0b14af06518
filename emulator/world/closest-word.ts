/** Reports an unknown word with the closest known one, or with all known words if none is close. */
export function unknownWord(name: string, known: readonly string[]): string {
  const closest = closestWord(name, known);
  const hint = closest === undefined ? `known words are ${known.join(', ')}` : `did you mean '${closest}'?`;
  return `'${name}' is not a known word; ${hint}`;
}

/** The known word that starts with this one, else the one with the smallest edit distance, if any is close. */
export function closestWord(name: string, known: readonly string[]): string | undefined {
  const given = name.toLowerCase();
  const longer = known.find((word) => given.length > 2 && word.toLowerCase().startsWith(given));
  if (longer !== undefined) {
    return longer;
  }
  const distances = known.map((word) => ({ word, distance: editDistance(given, word.toLowerCase()) }));
  const [closest] = distances.toSorted((left, right) => left.distance - right.distance);
  return closest !== undefined && closest.distance <= Math.ceil(name.length / 4) ? closest.word : undefined;
}

/** Changes, insertions, deletions and swaps of neighbours that turn one word into the other. */
function editDistance(left: string, right: string): number {
  const [from, to] = [[...left], [...right]];
  let [beforeLast, last]: [number[], number[]] = [[], Array.from({ length: to.length + 1 }, (_, index) => index)];
  for (const [row, character] of from.entries()) {
    const line = [row + 1];
    for (const [column, other] of to.entries()) {
      const isSwap = row > 0 && column > 0 && character === to[column - 1] && from[row - 1] === other;
      const replaced = (last[column] ?? 0) + (character === other ? 0 : 1);
      const swapped = isSwap ? (beforeLast[column - 1] ?? 0) + 1 : replaced;
      line.push(Math.min(replaced, swapped, (last[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    [beforeLast, last] = [last, line];
  }
  return last.at(-1) ?? 0;
}
