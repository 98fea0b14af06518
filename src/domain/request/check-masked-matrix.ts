import type { Target } from '../chain/target.js';
import type { DeclaredTarget } from '../declared/catalog.js';
import { accountIdsWithin, isRoleArn } from '../identifiers/arn.js';
import type { Place } from '../input/place.js';

/** Reports account IDs in target names and matrix values: GitHub drops an output that contains a masked value. */
export function checkMaskedMatrix(declared: readonly DeclaredTarget[], targets: readonly Target[]): void {
  const masked = new Set(
    targets.flatMap(({ hops }) => hops.flatMap(({ role }) => (isRoleArn(role) ? [role.accountId] : []))),
  );
  const holds = (text: string) =>
    (text.match(accountIdsWithin) ?? []).length > 0 || [...masked].some((id) => id !== '' && text.includes(id));
  for (const { name, place, matrix } of declared) {
    if (place !== undefined && holds(name)) {
      refuse('the name', place);
    }
    for (const [key, value] of Object.entries(matrix ?? {})) {
      if (place !== undefined && (holds(key) || holds(String(value)))) {
        refuse('the value', place.at('matrix').at(key));
      }
    }
  }
}

function refuse(what: string, place: Place): void {
  place.report(
    `${what} contains an account ID, which mask-aws-account-id masks: GitHub drops an output with a mask in it`,
    'Remove the account ID, or remove mask-aws-account-id from the plan',
  );
}
