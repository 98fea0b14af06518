/** GitHub's runner runs at most this many steps of a job at the same time; the others wait. */
const mostAtOnce = 10;

/** Limits how many steps run at the same time. */
export interface ConcurrencyLimit {
  readonly run: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/** The limit for one job. */
export function createConcurrencyLimit(): ConcurrencyLimit {
  let free = mostAtOnce;
  const waiting: (() => void)[] = [];
  return {
    async run(work) {
      if (free > 0) {
        free -= 1;
      } else {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) {
          free += 1;
        } else {
          next();
        }
      }
    },
  };
}
