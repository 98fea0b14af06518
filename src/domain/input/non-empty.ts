/** A list with at least one item. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** Whether a list has at least one item. */
export function isNonEmpty<T>(list: readonly T[]): list is NonEmpty<T> {
  return list.length > 0;
}

/** Groups items by key, in the order of each group's first item. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => unknown): readonly NonEmpty<T>[] {
  const groups = new Map<unknown, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [item]);
    } else {
      group.push(item);
    }
  }
  return [...groups.values()];
}
