/** The known word that alone holds an unknown one, or is most like it; undefined where none is close. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = word.toLowerCase().replaceAll('_', '-');
  const [part, ...others] = known.filter((name) => plain.length > 2 && name.toLowerCase().includes(plain));
  if (part !== undefined && others.length === 0) {
    return part;
  }
  const ranked = known.map((name) => ({ name, distance: distance(plain, name.toLowerCase()) }));
  const best = ranked.reduce((left, right) => (right.distance < left.distance ? right : left));
  return best.distance <= Math.max(2, Math.ceil(best.name.length / 2)) ? best.name : undefined;
}

function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [i, character] of [...left].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...right].entries()) {
      const substituted = (row[j] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(substituted, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
