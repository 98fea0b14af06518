import { evaluatePolicies, evaluateTrust, resourceControl } from '../policy-language/evaluate-policies.js';
import type { AccessRequest, Decision } from '../policy-language/evaluate-statement.js';
import type { Grant, PrincipalNames } from '../policy-language/match-principal.js';
import type { RequestContext } from '../policy-language/request-context.js';
import type { Caller } from '../session/caller.js';
import type { EmulatorState } from '../session/emulator-state.js';
import { findManagedPolicy, unknownManagedPolicy } from '../world/managed-policies.js';
import type { PolicyDocument, RoleDocument } from '../world/world.js';

/** A call to authorize: the role (absent if it does not exist) and the condition keys. */
export interface Attempt {
  readonly roleArn: string;
  readonly role: RoleDocument | undefined;
  readonly roleAccountId: string;
  readonly context: RequestContext;
}

/** A call to authorize, with its signer. */
export interface SignedAttempt extends Attempt {
  readonly caller: Caller;
}

/** Whether a call is allowed. */
interface AccessDecision {
  readonly allowed: boolean;
  /** The policy type of an explicit deny, in AWS's words. */
  readonly deniedIn?: string;
}

/** The decision of each type of policy. */
interface Decisions {
  readonly service: Decision;
  readonly resource: Decision;
  readonly trust: Decision;
  readonly identity: Decision;
  readonly boundary: Decision;
  readonly session: Decision;
  /** How specifically the trust policy names the caller. */
  readonly grants: readonly Grant[];
}

/** The policy types in the order in which AWS reports an explicit deny. */
const denials = [
  ['service', 'a service control policy'],
  ['resource', 'a resource control policy'],
  ['trust', 'a resource-based policy'],
  ['identity', 'an identity-based policy'],
  ['boundary', 'a permissions boundary'],
  ['session', 'a session policy'],
] as const;

const unlimited: Decision = 'allowed';

/** Decides whether a caller may perform an action on a role, from all policies of both accounts. */
export function decideAccess(
  state: EmulatorState,
  attempt: SignedAttempt,
  { action, satisfiedKey }: Pick<AccessRequest, 'action' | 'satisfiedKey'>,
): AccessDecision {
  const { caller, role, roleArn, roleAccountId, context } = attempt;
  if (role === undefined) {
    return { allowed: false };
  }
  const request = { action, resource: roleArn, context, note: state.note, ...(satisfiedKey && { satisfiedKey }) };
  const trust = evaluateTrust(role.trustPolicy, namesOf(caller), request);
  const decisions = { trust: trust.decision, grants: trust.grants, ...decisionsOn(state, attempt, request) };
  const denial = denials.find(([type]) => decisions[type] === 'explicitDeny');
  if (denial !== undefined) {
    return { allowed: false, deniedIn: denial[1] };
  }
  return { allowed: isAllowed(decisions, caller, roleAccountId) };
}

/** The decisions of all policies except the trust policy. */
function decisionsOn(
  state: EmulatorState,
  { caller, roleAccountId }: SignedAttempt,
  request: AccessRequest,
): Omit<Decisions, 'trust' | 'grants'> {
  const decisionOf = (kind: string, owner: string, policies: readonly PolicyDocument[] | undefined) =>
    policies === undefined ? unlimited : evaluatePolicies({ kind, owner, policies }, request);
  const { accounts } = state.world;
  const { policies = [], permissionsBoundary } = caller.role ?? caller.user ?? {};
  const boundary = permissionsBoundary === undefined ? undefined : [permissionsBoundary];
  const sessionPolicies = caller.session?.policies.length ? caller.session.policies : undefined;
  return {
    identity: decisionOf('identity-based policy', caller.principalArn, resolve(state, policies)),
    boundary: decisionOf('permissions boundary', caller.principalArn, boundary && resolve(state, boundary)),
    session: decisionOf('session policy', caller.arn, sessionPolicies),
    service: decisionOf('service control policy', caller.accountId, accounts[caller.accountId]?.serviceControlPolicies),
    resource: decisionOf(resourceControl, roleAccountId, accounts[roleAccountId]?.resourceControlPolicies),
  };
}

function isAllowed(decisions: Decisions, caller: Caller, roleAccountId: string): boolean {
  const { service, trust, identity, boundary, session, grants } = decisions;
  if (trust !== 'allowed' || service !== 'allowed') {
    return false;
  }
  const isWithinLimits = boundary === 'allowed' && session === 'allowed';
  const isNamed = grants.some((grant) => grant !== 'account');
  if (caller.accountId !== roleAccountId || !isNamed) {
    return identity === 'allowed' && isWithinLimits;
  }
  // Boundary and session policy limit a trust policy that names the role, not one that names the user or session.
  return isWithinLimits || caller.kind === 'user' || grants.includes('session');
}

function namesOf(caller: Caller): PrincipalNames {
  const uniqueId = caller.userId.split(':')[0] ?? '';
  return { accountId: caller.accountId, principalArn: caller.principalArn, sessionArn: caller.arn, uniqueId };
}

function resolve(state: EmulatorState, policies: readonly (PolicyDocument | string)[]): PolicyDocument[] {
  return policies.map((policy) => {
    if (typeof policy !== 'string') {
      return policy;
    }
    const found = findManagedPolicy(state.world, policy);
    if (found === undefined) {
      state.note(unknownManagedPolicy(policy));
    }
    return found ?? { Statement: [] };
  });
}
