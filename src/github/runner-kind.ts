import type { Environment } from '../domain/input/environment.js';

/**
 * Whether the runner ends the header of a workflow command at the last `::` of the line, like act and the runners based on
 * it do: https://github.com/nektos/act/blob/master/pkg/runner/command.go. GitHub's own ends it at the first.
 */
function splitsAtLastColons({ ACT, GITEA_ACTIONS, FORGEJO_ACTIONS }: Environment): boolean {
  return [ACT, GITEA_ACTIONS, FORGEJO_ACTIONS].some((value) => value !== undefined && /^(?:true|1)$/i.test(value));
}

let splits = false;

/** Adapts the output to the kind of runner. */
export function adaptToRunner(environment: Environment): void {
  splits = splitsAtLastColons(environment);
}

/** Whether this step's runner splits commands at the last `::`. */
export function splitsCommands(): boolean {
  return splits;
}
