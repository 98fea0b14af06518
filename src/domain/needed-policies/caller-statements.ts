import { type NeededActions, usedActions } from './needed-actions.js';
import { type Statement, single } from './policy-document.js';

/** Returns the statements that allow a caller its hops: one for each set of actions, with all roles that need it. */
export function callerStatements(
  hops: readonly (NeededActions & { readonly roleArn: string })[],
): readonly Statement[] {
  const byActions = new Map<string, string[]>();
  for (const hop of hops) {
    const actions = usedActions(hop).join();
    byActions.set(actions, [...new Set([...(byActions.get(actions) ?? []), hop.roleArn])]);
  }
  return [...byActions].map(([actions, roles]) => ({
    Effect: 'Allow',
    Action: single(actions.split(',')),
    Resource: single(roles),
  }));
}
