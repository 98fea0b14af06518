import type { IdentityArn } from '../iam/arn.js';
import { guardFailure } from './account-guard.js';
import type { Target } from './target.js';

/** The identity that a group of tools uses on the machine, with its expiration if known. */
export interface ExistingIdentity {
  readonly tools: readonly string[];
  readonly identity: IdentityArn;
  readonly expiration?: Date;
}

/** Minimum remaining milliseconds of a kept identity. */
const leastLeft = 15 * 60_000;

/** Why no existing identity can be used for a target; undefined if one can. */
export function whyNeverKept({ hops }: Target): string | undefined {
  const hop = hops.at(-1);
  return hop?.policy === undefined && (hop?.policyArns ?? []).length === 0
    ? undefined
    : 'a session policy is declared, and an existing session does not show whether it has it';
}

/** Why the tools' identities cannot be used for a target; undefined if all tools use the wanted one. */
export function whyNotKept(
  found: readonly [ExistingIdentity, ...ExistingIdentity[]],
  target: Target,
  now: number,
): string | undefined {
  const [{ identity }, ...others] = found;
  const rival = others.find((other) => other.identity.arn !== identity.arn);
  if (rival !== undefined) {
    return `and the ${rival.tools.join(' and ')} would be ${rival.identity.arn}`;
  }
  const left = found.map(({ expiration }) => (expiration?.getTime() ?? Number.POSITIVE_INFINITY) - now);
  return (
    whyNotWanted(identity, target) ?? (left.some((time) => time < leastLeft) ? tooShort(Math.min(...left)) : undefined)
  );
}

/** Why an existing identity cannot be used for a target; undefined if it can. */
export function whyNotWanted(identity: IdentityArn, target: Target): string | undefined {
  const hop = target.hops.at(-1);
  const allowedAccountIds = hop?.allowedAccountIds ?? target.allowedAccountIds;
  if (guardFailure(identity.accountId, { allowedAccountIds, operation: 'GetCallerIdentity' }) !== undefined) {
    return 'whose account allowed-account-ids does not name';
  }
  if (hop === undefined) {
    return undefined;
  }
  const { role } = hop;
  if (identity.kind !== 'assumed-role' || identity.name !== role.name) {
    return 'which is not the wanted role';
  }
  if (!('arn' in role)) {
    return allowedAccountIds.some(({ length }) => length === 1)
      ? undefined
      : 'and the wanted role is named without its account; name its ARN, or its one account in allowed-account-ids';
  }
  return role.accountId === identity.accountId && role.partition === identity.partition
    ? undefined
    : 'which is not the wanted role';
}

function tooShort(left: number): string {
  return left <= 0 ? 'which has ended' : `which ends in ${Math.floor(left / 60_000)} minutes; at least 15 must be left`;
}
