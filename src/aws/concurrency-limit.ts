/** Limits the number of tasks that run at a time to `most`, which may change; the others wait, first in, first out. */
export function openConcurrencyLimit(most: () => number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  const letIn = () => {
    while (waiting.length > 0 && running < most()) {
      running += 1;
      waiting.shift()?.();
    }
  };
  return async (work) => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      letIn();
    });
    try {
      return await work();
    } finally {
      running -= 1;
      letIn();
    }
  };
}
