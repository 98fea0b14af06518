import { evaluatePolicies, evaluateTrust, resourceControl } from '../policy-language/evaluate-policies.js';
import type { EmulatorState } from '../session/emulator-state.js';
import { accessDenied, notAuthorized } from '../wire/aws-error.js';
import { type Attempt, decideAccess, type SignedAttempt } from './decide-access.js';

/** An unsigned call to authorize, with the ARN of the identity provider. */
interface FederatedAttempt extends Attempt {
  readonly federated: string;
}

/** The actions that a call needs. A source identity and tags, requested or inherited, need their own actions. */
export function actionsOf(action: string, sourceIdentity: string | undefined, tagCount: number): string[] {
  return [
    action,
    ...(sourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
    ...(tagCount === 0 ? [] : ['sts:TagSession']),
  ];
}

/** Returns if all actions are allowed; throws AWS's AccessDenied for the first that is not. */
export function authorize(state: EmulatorState, attempt: SignedAttempt, actions: readonly string[]): void {
  for (const action of actions) {
    const { allowed, deniedIn } = decideAccess(state, attempt, { action });
    if (allowed) {
      continue;
    }
    // If only the source identity is denied, AWS names SetSourceIdentity instead of AssumeRole.
    const named =
      actions.includes('sts:SetSourceIdentity') &&
      decideAccess(state, attempt, { action, satisfiedKey: 'sts:sourceidentity' }).allowed
        ? 'sts:SetSourceIdentity'
        : action;
    throw notAuthorized({ callerArn: attempt.caller.arn, action: named, resource: attempt.roleArn, deniedIn });
  }
}

/** Returns if a federated call is allowed; throws AWS's AccessDenied, which names neither user nor role. */
export function authorizeFederated(state: EmulatorState, attempt: FederatedAttempt, actions: readonly string[]): void {
  const { role, roleArn, roleAccountId, context, federated } = attempt;
  const policies = state.world.accounts[roleAccountId]?.resourceControlPolicies ?? [];
  const control = { kind: resourceControl, owner: roleAccountId, policies };
  for (const action of actions) {
    const request = { action, resource: roleArn, context, note: state.note };
    const trusted =
      role !== undefined && evaluateTrust(role.trustPolicy, { federated }, request).decision === 'allowed';
    if (!trusted || evaluatePolicies(control, request) === 'explicitDeny') {
      throw accessDenied(`Not authorized to perform ${action}`);
    }
  }
}
