import { setIgnoringCase } from './dotnet-text.js';
import type { JobState } from './job-state.js';
import { runStage, type Stage } from './run-stage.js';
import type { StepResult } from './step-result.js';

/** Runs a stage and applies its changes to the job: later steps see them, and post-if sees whether it failed. */
export async function runAndApply(state: JobState, stage: Stage): Promise<StepResult> {
  const result = await runStage(stage, { ...state, temp: state.folders.temp });
  applyChanges(state, result);
  return result;
}

/** Runs a stage whose changes `applyChanges` applies later. The runner collects them by case-insensitive name. */
export async function runDeferred(state: JobState, stage: Stage): Promise<StepResult> {
  const result = await runStage(stage, { ...state, temp: state.folders.temp });
  const environmentChanges: Record<string, string> = {};
  for (const [name, value] of Object.entries(result.environmentChanges)) {
    setIgnoringCase(environmentChanges, name, value);
  }
  return { ...result, environmentChanges };
}

/** Applies a stage's changes to the job, for later steps. */
export function applyChanges(state: JobState, result: StepResult): void {
  state.environment = { ...state.environment, ...result.environmentChanges };
  for (const path of result.pathChanges) {
    state.pathAdditions = [...state.pathAdditions.filter((known) => known !== path), path];
  }
  if (result.conclusion === 'failure') {
    state.failed = true;
  }
}
