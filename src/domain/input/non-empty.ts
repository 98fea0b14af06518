/** A list with at least one item. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** Whether a list has an item. */
export function isNonEmpty<T>(list: readonly T[]): list is NonEmpty<T> {
  return list.length > 0;
}

/** The last item of a list that has one. */
export function last<T>(list: NonEmpty<T>): T {
  return list.at(-1) as T;
}
