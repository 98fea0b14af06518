import type { Environment } from '../input/environment.js';

/** The parts of the user agent that CloudTrail shows: names with values, in order. */
export type UserAgent = readonly (readonly [name: string, value: string])[];

/** The variables that identify the run; a value that does not have GitHub's format is omitted. */
const runVariables = [
  { variable: 'GITHUB_ACTION', label: 'action', pattern: /^[A-Za-z0-9_-]{1,128}$/ },
  { variable: 'GITHUB_RUN_ID', label: 'run_id', pattern: /^[0-9]{1,20}$/ },
  { variable: 'GITHUB_RUN_ATTEMPT', label: 'attempt', pattern: /^[0-9]{1,10}$/ },
] as const;

/** The user agent of this action in a job: `assume-role/1 md/action#… md/run_id#… md/attempt#…`. */
export function userAgentOf(environment: Environment): UserAgent {
  const known = runVariables.flatMap(({ variable, label, pattern }) => {
    const value = environment[variable] ?? '';
    return pattern.test(value) ? [['md', `${label}#${value}`] as const] : [];
  });
  return [['assume-role', '1'], ...known];
}
