import { roleText } from '../chain/hop.js';
import type { FailedTarget } from '../chain/outcome.js';
import { accountIdsWithin } from '../identifiers/arn.js';
import { groupBy, type NonEmpty } from '../input/non-empty.js';
import { withoutAuthorizationId } from './authorization-id.js';

/** Failed calls that share one explanation; each is the list of the targets that needed the call. */
export type FailureGroup = NonEmpty<NonEmpty<FailedTarget>>;

/** Groups failed targets by the call that failed, and then the calls that failed in the same way. */
export function groupFailures(failed: readonly FailedTarget[]): readonly FailureGroup[] {
  const calls = groupBy(failed, ({ failure }) => failure);
  return groupBy(calls, ([first]) => similarityKey(first));
}

/** A text that is equal for failures with the same explanation, whatever their roles and accounts are. */
function similarityKey({ failure, hop, caller, sessions, target, claims }: FailedTarget): string {
  const { code, shape, status, operation, message } = failure;
  const { where: _, role, ...call } = hop ?? {};
  const name = role === undefined ? '' : roleText(role);
  const comparable = withoutAuthorizationId(message)
    .replaceAll(name || '\0', 'ROLE')
    .replace(accountIdsWithin, 'ACCOUNT');
  const token = [claims?.iss, claims?.sub, claims?.aud];
  const base = hop === undefined ? target.base : undefined;
  const before = target.hops.slice(0, sessions.length).map(({ where: __, ...made }) => made);
  return JSON.stringify([code, shape, status, operation, comparable, hop && call, caller?.arn, before, token, base]);
}
