import type { CallFailure } from '../calls/call-failure.js';
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
