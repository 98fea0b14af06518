import type { Environment } from '../domain/input/environment.js';

/**
 * Whether the runner ends the header of a workflow command at the last `::` of the line, as act and the runners made from
 * it do: https://github.com/nektos/act/blob/master/pkg/runner/command.go. GitHub's own ends it at the first.
 */
export function splitsAtLastColons({ ACT, GITEA_ACTIONS, FORGEJO_ACTIONS }: Environment): boolean {
  return [ACT, GITEA_ACTIONS, FORGEJO_ACTIONS].some((value) => value !== undefined && /^(?:true|1)$/i.test(value));
}
