import * as core from '@actions/core';
import { visibleText } from '../domain/document/visible-text.js';
import { scrub } from './report.js';

/** What goes to the runner's command files. */
export interface RunnerChanges {
  readonly environment: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Exports variables and sets outputs, through the runner's files; the only place that does. */
export function apply({ environment, outputs }: RunnerChanges): void {
  for (const [name, value] of Object.entries(environment)) {
    core.exportVariable(name, value);
  }
  for (const [name, value] of Object.entries(outputs)) {
    core.setOutput(name, value);
  }
}

/** Throws where a secret would go to the log, because there is no file of the runner to take it. */
export function requireFiles(
  { environment, outputs }: RunnerChanges,
  runner: Readonly<Record<string, string | undefined>>,
): void {
  const missing = [
    ...(Object.keys(environment).length > 0 && !runner.GITHUB_ENV ? ['GITHUB_ENV'] : []),
    ...('aws-secret-access-key' in outputs && !runner.GITHUB_OUTPUT ? ['GITHUB_OUTPUT'] : []),
  ];
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(' and ')} is not set, so the keys would go to the log: a GitHub Actions runner sets it for every step.`,
    );
  }
}

/** Adds to the job summary, where the runner has one. */
export async function addSummary(
  markdown: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  if (environment.GITHUB_STEP_SUMMARY) {
    await core.summary.addRaw(visibleText(scrub(markdown)), true).write();
  }
}
