import type { Target } from '../chain/target.js';
import { isRoleArn } from '../identifiers/arn.js';

/** GitHub's maximum of jobs in one matrix. https://docs.github.com/en/actions/reference/limits */
const mostJobs = 256;

/** The output `matrix`, or the warning that replaces it. */
export type JobMatrix =
  | { readonly kind: 'matrix'; readonly text: string; readonly entries: number }
  | { readonly kind: 'too-many'; readonly warning: string };

/**
 * Returns the job matrix with one entry for each target, for `strategy.matrix`; undefined if no target has a name. If
 * account IDs are masked, entries have none: GitHub drops an output that contains a masked value.
 */
export function jobMatrix(targets: readonly Target[], masksAccountIds: boolean): JobMatrix | undefined {
  const named = targets.filter(({ name }) => name !== undefined);
  if (named.length === 0) {
    return undefined;
  }
  if (named.length > mostJobs) {
    const warning = `The output matrix is not set: GitHub makes at most ${mostJobs} jobs of a matrix, and ${named.length} targets are selected. Use several plan jobs, and select some of the targets in each, for example with patterns.`;
    return { kind: 'too-many', warning };
  }
  const include = named.map((target) => (masksAccountIds ? maskedEntry(target) : entry(target)));
  return { kind: 'matrix', text: JSON.stringify({ include }), entries: include.length };
}

function entry({ name, hops, region, matrix }: Target): object {
  const role = hops.at(-1)?.role;
  return {
    target: name,
    ...(role !== undefined && isRoleArn(role) && { accountId: role.accountId, roleArn: role.arn }),
    ...(region !== undefined && { region }),
    ...matrix,
  };
}

function maskedEntry({ name, matrix }: Target): object {
  return { target: name, ...matrix };
}
