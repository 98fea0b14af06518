import type { Environment } from '../domain/input/environment.js';

/** Whether the runner is act (https://github.com/nektos/act) or based on it, as those of Gitea and Forgejo are. */
export function isLikeAct({ ACT, GITEA_ACTIONS, FORGEJO_ACTIONS }: Environment): boolean {
  return [ACT, GITEA_ACTIONS, FORGEJO_ACTIONS].some((value) => value !== undefined && /^(?:true|1)$/i.test(value));
}

let splits = false;

/**
 * Adapts the output of this step to the kind of runner. act looks for the end of a workflow command's header at the
 * last `::` of the line (https://github.com/nektos/act/blob/master/pkg/runner/command.go), GitHub's own runner at the
 * first.
 */
export function adaptToRunner(environment: Environment): void {
  splits = isLikeAct(environment);
}

/** Whether this step's runner splits commands at the last `::`. */
export function splitsCommands(): boolean {
  return splits;
}
