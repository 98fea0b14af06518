import { applyChanges } from './apply-changes.js';
import type { ConcurrencyLimit } from './concurrency-limit.js';
import type { BackgroundStep, JobState } from './job-state.js';
import type { StepResult } from './step-result.js';

/** Starts a prepared step in the background, as soon as fewer than the maximum are running. */
export function startInBackground(
  state: JobState,
  limit: ConcurrencyLimit,
  start: () => Promise<StepResult>,
): BackgroundStep {
  const step = { result: limit.run(start) };
  // `waitFor` reports a step that could not be started; this only prevents an unhandled rejection.
  step.result.catch(() => undefined);
  state.unwaited = [...state.unwaited, step];
  return step;
}

/** Waits for steps, then applies their changes to the job, in the order of the arguments. */
export async function waitFor(state: JobState, steps: readonly BackgroundStep[]): Promise<StepResult[]> {
  const results = await Promise.all(steps.map(({ result }) => result));
  for (const [index, step] of steps.entries()) {
    const result = results[index];
    if (result !== undefined && state.unwaited.includes(step)) {
      applyChanges(state, result);
    }
    state.unwaited = state.unwaited.filter((other) => other !== step);
  }
  return results;
}
