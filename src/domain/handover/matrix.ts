import type { Target } from '../chain/target.js';
import { isRoleArn } from '../iam/arn.js';

/** GitHub's maximum of jobs in one matrix. https://docs.github.com/en/actions/reference/limits */
const mostJobs = 256;

/** The output `matrix`. */
export type JobMatrix =
  | { readonly kind: 'matrix'; readonly text: string; readonly entries: number }
  | { readonly kind: 'too-many'; readonly warning: string };

/**
 * The matrix of jobs with one target each, for `strategy.matrix`; undefined if no target has a name. GitHub drops an
 * output that contains a masked value, so entries have no account ids if these are masked.
 */
export function jobMatrix(targets: readonly Target[], masksAccountIds: boolean): JobMatrix | undefined {
  const named = targets.filter(({ name }) => name !== undefined);
  if (named.length === 0) {
    return undefined;
  }
  if (named.length > mostJobs) {
    const warning = `The output matrix is not set: GitHub makes at most ${mostJobs} jobs of a matrix, and ${named.length} targets are chosen. Choose fewer in targets, for example by patterns, in a plan job for each part.`;
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
