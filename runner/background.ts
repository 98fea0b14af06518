import { keepChanges } from './counted-stage.js';
import type { BackgroundStep, JobState } from './job-state.js';
import type { StepResult } from './step-result.js';

/** Steps that GitHub's runner lets run beside each other in one job; the others wait for a place. */
const MOST_AT_ONCE = 10;

/** Starts a prepared step beside the others, as soon as there is a place. */
export function startInBackground(state: JobState, places: Places, start: () => Promise<StepResult>): BackgroundStep {
  const step = { result: places.take(start) };
  // A step that cannot be started is told to whoever waits for it.
  step.result.catch(() => undefined);
  state.unwaited = [...state.unwaited, step];
  return step;
}

/** Waits for steps, then lets the job see what they changed, in the order in which they are named here. */
export async function waitFor(state: JobState, steps: readonly BackgroundStep[]): Promise<StepResult[]> {
  const results = await Promise.all(steps.map(({ result }) => result));
  for (const [index, step] of steps.entries()) {
    const result = results[index];
    if (result !== undefined && state.unwaited.includes(step)) {
      keepChanges(state, result);
    }
    state.unwaited = state.unwaited.filter((other) => other !== step);
  }
  return results;
}

/** A bounded number of places. */
export interface Places {
  readonly take: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/** The places of one job. */
export function createPlaces(): Places {
  let free = MOST_AT_ONCE;
  const waiting: (() => void)[] = [];
  return {
    async take(work) {
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
