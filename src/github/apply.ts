import { visibleText } from '../domain/document/visible-text.js';
import type { Environment } from '../domain/input/environment.js';
import { append, appendText, type Entries } from './command-files.js';
import { scrub } from './masks.js';

/** What goes to the runner's command files. */
export interface RunnerChanges {
  readonly environment: Entries;
  readonly outputs: Entries;
}

/**
 * Exports variables and sets outputs, through the runner's files; the only place that does. All of it or nothing: each
 * file is written once, and where the second fails, the first is as it was before. Outputs come last: post can put
 * variables back, and outputs it cannot.
 */
export function apply({ environment, outputs }: RunnerChanges, runner: Environment): void {
  const isExported = Object.keys(environment).length > 0;
  const takeBack = isExported ? append('GITHUB_ENV', runner, environment) : () => {};
  // Where the runner takes no outputs, there is nobody to read them.
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

/** Adds to the job summary, where the runner has one. */
export function addSummary(markdown: string, environment: Environment): void {
  if (environment.GITHUB_STEP_SUMMARY) {
    appendText('GITHUB_STEP_SUMMARY', environment, `${visibleText(scrub(markdown))}\n`);
  }
}
