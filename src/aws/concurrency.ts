/** Runs work with at most so many pieces under way at a time; the others wait their turn. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

/** Makes a limit of so many at a time. */
export function limitOf(most: number): Limit {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) {
        running -= 1;
      } else {
        next();
      }
    }
  };
}
