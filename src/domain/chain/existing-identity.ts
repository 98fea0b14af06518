import type { IdentityArn } from '../iam/arn.js';
import { guardFailure } from './account-guard.js';
import type { Target } from './target.js';

/**
 * Why an identity that is there already cannot serve a target; undefined where it can. A rival is who some tools would
 * become instead.
 */
export function keepsIdentity(identity: IdentityArn, target: Target, rival?: IdentityArn): string | undefined {
  if (rival !== undefined && rival.arn !== identity.arn) {
    return `and tools that prefer the keys in the environment to AWS_PROFILE are ${rival.arn}`;
  }
  const hop = target.hops.at(-1);
  const allowedAccountIds = hop?.allowedAccountIds ?? target.allowedAccountIds;
  if (guardFailure(identity.accountId, { allowedAccountIds, operation: 'GetCallerIdentity' }) !== undefined) {
    return 'whose account allowed-account-ids does not name';
  }
  if (hop === undefined) {
    return undefined;
  }
  const { role } = hop;
  const isSameAccount =
    !('arn' in role) || (role.accountId === identity.accountId && role.partition === identity.partition);
  return identity.kind === 'assumed-role' && identity.name === role.name && isSameAccount
    ? undefined
    : 'which is not the wanted role';
}
