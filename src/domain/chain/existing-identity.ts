import type { IdentityArn } from '../identifiers/arn.js';
import { leastLeftMs } from '../identifiers/credentials.js';
import { violatedGuard } from './account-guard.js';
import type { Target } from './target.js';

/** An identity that several of AWS's tools use on the machine, with its expiration if known. */
export interface ExistingIdentity {
  readonly tools: readonly string[];
  readonly identity: IdentityArn;
  readonly expiration?: Date;
}

/** Returns why no existing identity, whichever it is, can be used for a target; undefined if one could. */
export function whyNeverKept({ hops }: Target): string | undefined {
  const hop = hops.at(-1);
  return hop?.policy === undefined && (hop?.policyArns ?? []).length === 0
    ? undefined
    : 'a session policy is declared, and an existing session does not show whether it has it';
}

/** Returns why the identities of the tools cannot be used for a target; undefined if all tools use the wanted one. */
export function whyNotKept(
  found: readonly [ExistingIdentity, ...ExistingIdentity[]],
  target: Target,
  now: number,
): string | undefined {
  const [{ identity }, ...others] = found;
  const different = others.find((other) => other.identity.arn !== identity.arn);
  if (different !== undefined) {
    return `and the ${different.tools.join(' and ')} would be ${different.identity.arn}`;
  }
  const left = found.map(({ expiration }) => (expiration?.getTime() ?? Number.POSITIVE_INFINITY) - now);
  return (
    whyNotWanted(identity, target) ??
    (left.some((time) => time < leastLeftMs) ? tooShort(Math.min(...left)) : undefined)
  );
}

/** Returns why an existing identity cannot be used for a target; undefined if it can. */
export function whyNotWanted(identity: IdentityArn, target: Target): string | undefined {
  const hop = target.hops.at(-1);
  const allowedAccountIds = hop?.allowedAccountIds ?? target.allowedAccountIds;
  if (violatedGuard(identity.accountId, allowedAccountIds) !== undefined) {
    return 'whose account allowed-account-ids does not name';
  }
  if (hop === undefined) {
    return undefined;
  }
  const { role } = hop;
  if (identity.kind !== 'assumed-role' || identity.name !== role.name) {
    return 'which is not the requested role';
  }
  if (!('arn' in role)) {
    return allowedAccountIds.some(({ length }) => length === 1)
      ? undefined
      : 'and the requested role is named without its account; write its ARN, or its one account in allowed-account-ids';
  }
  return role.accountId === identity.accountId && role.partition === identity.partition
    ? undefined
    : 'which is not the requested role';
}

function tooShort(left: number): string {
  return left <= 0 ? 'which has ended' : `which ends in ${Math.floor(left / 60_000)} minutes; at least 15 must be left`;
}
