/** The condition keys of one request, in lower case, with their values. An absent key has no entry. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/** A condition key with its value or values. */
export type ContextEntry = readonly [key: string, value: string | readonly string[] | undefined];

/** Collects condition keys. `undefined` and empty lists leave the key absent. */
export function createContext(entries: Iterable<ContextEntry>): RequestContext {
  const context = new Map<string, readonly string[]>();
  for (const [key, value] of entries) {
    const values = typeof value === 'string' ? [value] : (value ?? []);
    if (values.length > 0) {
      context.set(key.toLowerCase(), values);
    }
  }
  return context;
}
