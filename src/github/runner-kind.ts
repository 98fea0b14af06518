import type { Environment } from '../domain/input/environment.js';

/** Whether the runner is act or based on it: https://github.com/nektos/act. Gitea's and Forgejo's are. */
export function isLikeAct({ ACT, GITEA_ACTIONS, FORGEJO_ACTIONS }: Environment): boolean {
  return [ACT, GITEA_ACTIONS, FORGEJO_ACTIONS].some((value) => value !== undefined && /^(?:true|1)$/i.test(value));
}

let splits = false;

/**
 * Adapts the output to the kind of runner: act ends the header of a workflow command at the last `::` of the line
 * (https://github.com/nektos/act/blob/master/pkg/runner/command.go), GitHub's own at the first.
 */
export function adaptToRunner(environment: Environment): void {
  splits = isLikeAct(environment);
}

/** Whether this step's runner splits commands at the last `::`. */
export function splitsCommands(): boolean {
  return splits;
}
