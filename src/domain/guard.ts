import type { CallFailure } from './failure.js';
import type { Hop } from './hop.js';

/** The failure of a session that lies in another account than its guards allow; undefined where it may be used. */
export function guardFailure(
  accountId: string,
  { accountGuards, operation }: { readonly accountGuards: Hop['accountGuards']; readonly operation: string },
): CallFailure | undefined {
  const guard = accountGuards.find((ids) => !ids.includes(accountId));
  return (
    guard && {
      operation,
      code: 'AccountNotAllowed',
      message: `the session lies in account ${accountId}, and allowed-account-ids names only ${guard.join(', ')}`,
      attempts: 1,
    }
  );
}
