import type { Environment } from '../domain/input/environment.js';
import { visibleText } from '../domain/rendering/harmless-text.js';
import { append, appendText, type Entries } from './command-files.js';
import { scrub } from './masks.js';

/** The variables to export and the outputs to set. */
export interface RunnerChanges {
  readonly environment: Entries;
  readonly outputs: Entries;
}

/**
 * Exports variables and sets outputs through the runner's files, both or neither: if the outputs cannot be written, the
 * variables are removed from their file again. Outputs are last, because post can restore variables but not outputs.
 */
export function apply({ environment, outputs }: RunnerChanges, runner: Environment): void {
  const isExported = Object.keys(environment).length > 0;
  const removeAgain = isExported ? append('GITHUB_ENV', runner, environment) : () => {};
  // A runner without an output file has no readers of outputs.
  if (Object.keys(outputs).length === 0 || !runner.GITHUB_OUTPUT) {
    return;
  }
  try {
    append('GITHUB_OUTPUT', runner, outputs);
  } catch (error) {
    removeAgain();
    throw error;
  }
}

/** Appends Markdown, without secrets, to the job summary, if the runner has one. */
export function addSummary(markdown: string, environment: Environment): void {
  if (environment.GITHUB_STEP_SUMMARY) {
    appendText('GITHUB_STEP_SUMMARY', environment, `${visibleText(scrub(markdown))}\n`);
  }
}
