import type { IdentityArn } from '../iam/arn.js';
import { guardFailure } from './account-guard.js';
import type { Target } from './target.js';

/** Who a group of tools is on the machine, and when that ends where it is known. */
export interface ExistingIdentity {
  readonly tools: readonly string[];
  readonly identity: IdentityArn;
  readonly expiration?: Date;
}

/** Milliseconds that an identity must still last to be kept. */
const leastLeft = 15 * 60_000;

/** Why no identity that is there can serve a target, whoever it is; undefined where one may. */
export function neverKept({ hops }: Target): string | undefined {
  const hop = hops.at(-1);
  return hop?.policy === undefined && (hop?.policyArns ?? []).length === 0
    ? undefined
    : 'a session policy is declared, and an existing session does not show whether it has it';
}

/** Why the identities that the tools are cannot serve a target; undefined where all tools are the wanted one. */
export function keepsIdentities(
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
    keepsIdentity(identity, target) ?? (left.some((time) => time < leastLeft) ? tooShort(Math.min(...left)) : undefined)
  );
}

/** Why an identity that is there cannot serve a target; undefined where it can. */
export function keepsIdentity(identity: IdentityArn, target: Target): string | undefined {
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
    return allowedAccountIds.length > 0
      ? undefined
      : 'and the wanted role is named without its account; name its ARN, or its account in allowed-account-ids';
  }
  return role.accountId === identity.accountId && role.partition === identity.partition
    ? undefined
    : 'which is not the wanted role';
}

function tooShort(left: number): string {
  return left <= 0 ? 'which has ended' : `which ends in ${Math.floor(left / 60_000)} minutes; at least 15 must be left`;
}
