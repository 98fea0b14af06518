import { roleText } from '../chain/hop.js';
import type { FailedTarget } from '../chain/outcome.js';
import { accountIdsWithin } from '../iam/arn.js';
import { groupBy, type NonEmpty } from '../input/non-empty.js';
import { withoutAuthorizationId } from './authorization-id.js';

/** Failed calls that have one explanation: for each call the targets that waited for it. */
export type FailureGroup = NonEmpty<NonEmpty<FailedTarget>>;

/** Groups failed targets: those that waited for one call, and the calls that failed in the same way. */
export function groupFailures(failed: readonly FailedTarget[]): readonly FailureGroup[] {
  const calls = groupBy(failed, ({ failure }) => failure);
  return groupBy(calls, ([first]) => likeness(first));
}

/** Everything that an explanation depends on, except which role of which account it is about. */
function likeness({ failure, hop, caller, sessions, target, claims }: FailedTarget): string {
  const { code, shape, status, operation, message } = failure;
  const { where: _, role, ...call } = hop ?? {};
  const name = role === undefined ? '' : roleText(role);
  const said = withoutAuthorizationId(message)
    .replaceAll(name || '\0', 'ROLE')
    .replace(accountIdsWithin, 'ACCOUNT');
  const token = [claims?.iss, claims?.sub, claims?.aud];
  const base = hop === undefined ? target.base : undefined;
  const before = target.hops.slice(0, sessions.length).map(({ where: __, ...made }) => made);
  return JSON.stringify([code, shape, status, operation, said, hop && call, caller?.arn, before, token, base]);
}
