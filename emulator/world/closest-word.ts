/** Reports an unknown word with the closest known one, or with all known words if none is close. */
export function unknownWord(name: string, known: readonly string[]): string {
  const closest = closestWord(name, known);
  const hint = closest === undefined ? `known words are ${known.join(', ')}` : `did you mean '${closest}'?`;
  return `'${name}' is not a known word; ${hint}`;
}

/** The known word that begins with this one, else the one with the smallest edit distance; undefined if none is close. */
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

function editDistance(left: string, right: string): number {
  let above = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [row, character] of [...left].entries()) {
    const line = [row + 1];
    for (const [column, other] of [...right].entries()) {
      const replaced = (above[column] ?? 0) + (character === other ? 0 : 1);
      line.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    above = line;
  }
  return above.at(-1) ?? 0;
}
