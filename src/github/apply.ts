import * as core from '@actions/core';

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

/** Adds to the job summary, where the runner has one. */
export async function addSummary(
  markdown: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  if (environment.GITHUB_STEP_SUMMARY) {
    await core.summary.addRaw(markdown, true).write();
  }
}
