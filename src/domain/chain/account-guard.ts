import type { CallFailure } from '../calls/call-failure.js';
import { isRoleArn } from '../identifiers/arn.js';
import type { Place } from '../input/place.js';
import type { Hop } from './hop.js';

/** Finds the first `allowed-account-ids` list that lacks an account; undefined if all lists have it. */
export function violatedGuard(
  accountId: string,
  allowedAccountIds: Hop['allowedAccountIds'],
): readonly string[] | undefined {
  return allowedAccountIds.find((ids) => !ids.includes(accountId));
}

/**
 * Returns the failure of a role or session in an account that one of the `allowed-account-ids` lists lacks; undefined
 * if it is allowed.
 */
export function guardFailure(
  accountId: string,
  {
    allowedAccountIds,
    operation,
  }: { readonly allowedAccountIds: Hop['allowedAccountIds']; readonly operation: string },
  subject = 'the session',
): CallFailure | undefined {
  const guard = violatedGuard(accountId, allowedAccountIds);
  return (
    guard && {
      operation,
      code: 'AccountNotAllowed',
      message: `${subject} is in account ${accountId}, and allowed-account-ids names only ${guard.join(', ')}`,
      attempts: 1,
    }
  );
}

/** Reports a role in an account that its guards do not allow, before any call. */
export function checkAccountGuards({ role, allowedAccountIds: guards }: Hop, place: Place): void {
  if (isRoleArn(role) && violatedGuard(role.accountId, guards) !== undefined) {
    const allowed = guards.map((guard) => guard.join(', ')).join(' and ');
    place.report(
      `${role.arn} is in account ${role.accountId}, and only ${allowed} is allowed`,
      'Correct the role, or add its account to allowed-account-ids',
    );
  }
}
