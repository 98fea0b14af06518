import type { Environment } from '../domain/input/environment.js';
import { visibleText } from '../domain/rendering/harmless-text.js';
import { append, appendText, type Entries } from './command-files.js';
import { scrub } from './masks.js';

/** The entries for the runner's command files. */
export interface RunnerChanges {
  readonly environment: Entries;
  readonly outputs: Entries;
}

/**
 * Exports variables and sets outputs through the runner's files; the only place that does. All or nothing: each
 * file is written once, and if the second one fails, the first one is restored. Outputs are last: post can restore
 * variables, but not outputs.
 */
export function apply({ environment, outputs }: RunnerChanges, runner: Environment): void {
  const isExported = Object.keys(environment).length > 0;
  const takeBack = isExported ? append('GITHUB_ENV', runner, environment) : () => {};
  // A runner without an output file has no readers of outputs.
  if (Object.keys(outputs).length === 0 || !runner.GITHUB_OUTPUT) {
    return;
  }
  try {
    append('GITHUB_OUTPUT', runner, outputs);
  } catch (error) {
    takeBack();
    throw error;
  }
}

/** Appends to the job summary, if the runner has one. */
export function addSummary(markdown: string, environment: Environment): void {
  if (environment.GITHUB_STEP_SUMMARY) {
    appendText('GITHUB_STEP_SUMMARY', environment, `${visibleText(scrub(markdown))}\n`);
  }
}
