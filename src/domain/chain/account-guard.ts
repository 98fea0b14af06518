import type { CallFailure } from './call-failure.js';
import type { Hop } from './hop.js';

/** Returns the failure of a session in an account that one of the `allowed-account-ids` lists lacks; undefined if allowed. */
export function guardFailure(
  accountId: string,
  {
    allowedAccountIds,
    operation,
  }: { readonly allowedAccountIds: Hop['allowedAccountIds']; readonly operation: string },
  subject = 'the session',
): CallFailure | undefined {
  const guard = allowedAccountIds.find((ids) => !ids.includes(accountId));
  return (
    guard && {
      operation,
      code: 'AccountNotAllowed',
      message: `${subject} is in account ${accountId}, and allowed-account-ids names only ${guard.join(', ')}`,
      attempts: 1,
    }
  );
}
