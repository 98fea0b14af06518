import {
  type AccessRequest,
  evaluatePolicies,
  evaluateTrust,
  resourceControl,
  type Verdict,
} from '../iam/evaluate-policies.js';
import type { PrincipalNames } from '../iam/principals.js';
import type { RequestContext } from '../iam/request-context.js';
import type { Caller } from '../session/caller.js';
import type { EmulatorState } from '../session/emulator-state.js';
import { accessDenied, notAuthorized } from '../wire/aws-error.js';
import { findManagedPolicy, unknownManagedPolicy } from '../world/directory.js';
import type { PolicyDocument, RoleDocument } from '../world/world.js';

/** A call to authorize: the caller, the role (absent if it does not exist) and the condition keys. */
export interface Attempt {
  readonly caller: Caller;
  readonly roleArn: string;
  readonly role: RoleDocument | undefined;
  readonly roleAccountId: string;
  readonly context: RequestContext;
}

interface Decision {
  readonly allowed: boolean;
  /** The policy type of an explicit deny, in AWS's words. */
  readonly deniedIn?: string;
}

const unlimited: Verdict = 'allowed';

/** The actions that a call needs. A source identity and tags, requested or inherited, need their own actions. */
export function actionsOf(action: string, sourceIdentity: string | undefined, tagCount: number): string[] {
  return [
    action,
    ...(sourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
    ...(tagCount === 0 ? [] : ['sts:TagSession']),
  ];
}

/** Returns if all actions are allowed; throws AWS's AccessDenied for the first that is not. */
export function authorize(state: EmulatorState, attempt: Attempt, actions: readonly string[]): void {
  for (const action of actions) {
    const decision = decide(state, attempt, action);
    if (decision.allowed) {
      continue;
    }
    // If only the source identity is denied, AWS names SetSourceIdentity instead of AssumeRole.
    const named =
      actions.includes('sts:SetSourceIdentity') && decide(state, attempt, action, 'sts:sourceidentity').allowed
        ? 'sts:SetSourceIdentity'
        : action;
    throw notAuthorized(attempt.caller.arn, named, attempt.roleArn, decision.deniedIn);
  }
}

/** Returns if a federated call is allowed; throws AWS's AccessDenied, which names neither user nor role. */
export function authorizeFederated(
  state: EmulatorState,
  names: PrincipalNames,
  attempt: Omit<Attempt, 'caller'>,
  actions: readonly string[],
): void {
  const controls = state.world.accounts[attempt.roleAccountId]?.resourceControlPolicies ?? [];
  for (const action of actions) {
    const request = requestOf(state, attempt, action);
    const trusted = attempt.role !== undefined && evaluateTrust(attempt.role.trustPolicy, names, request).verdict;
    const control = { kind: resourceControl, owner: attempt.roleAccountId, policies: controls };
    if (trusted !== 'allowed' || evaluatePolicies(control, request) === 'denied') {
      throw accessDenied(`Not authorized to perform ${action}`);
    }
  }
}

function requestOf(
  state: EmulatorState,
  attempt: Omit<Attempt, 'caller'>,
  action: string,
  satisfiedKey?: string,
): AccessRequest {
  const request = { action, resource: attempt.roleArn, context: attempt.context, note: state.note };
  return satisfiedKey === undefined ? request : { ...request, satisfiedKey };
}

function decide(state: EmulatorState, attempt: Attempt, action: string, satisfiedKey?: string): Decision {
  const { caller, role } = attempt;
  if (role === undefined) {
    return { allowed: false };
  }
  const request = requestOf(state, attempt, action, satisfiedKey);
  const account = state.world.accounts[caller.accountId];
  const say = (kind: string, owner: string, policies: readonly PolicyDocument[] | undefined) =>
    policies === undefined ? unlimited : evaluatePolicies({ kind, owner, policies }, request);
  const own = caller.role ?? caller.user;
  const trust = evaluateTrust(role.trustPolicy, namesOf(caller), request);
  const identity = say('identity-based policy', caller.principalArn, resolve(state, own?.policies ?? []));
  const limit = own?.permissionsBoundary;
  const boundary = say(
    'permissions boundary',
    caller.principalArn,
    limit === undefined ? limit : resolve(state, [limit]),
  );
  const limiting = caller.session?.policies.length ? caller.session.policies : undefined;
  const session = say('session policy', caller.arn, limiting);
  const service = say('service control policy', caller.accountId, account?.serviceControlPolicies);
  const controls = state.world.accounts[attempt.roleAccountId]?.resourceControlPolicies;
  const resource = say(resourceControl, attempt.roleAccountId, controls);
  const denials: readonly (readonly [Verdict, string])[] = [
    [service, 'a service control policy'],
    [resource, 'a resource control policy'],
    [trust.verdict, 'a resource-based policy'],
    [identity, 'an identity-based policy'],
    [boundary, 'a permissions boundary'],
    [session, 'a session policy'],
  ];
  const denial = denials.find(([verdict]) => verdict === 'denied');
  if (denial !== undefined) {
    return { allowed: false, deniedIn: denial[1] };
  }
  if (trust.verdict !== 'allowed' || service !== 'allowed') {
    return { allowed: false };
  }
  const limits = boundary === 'allowed' && session === 'allowed';
  const named = trust.grants.some((grant) => grant !== 'account');
  if (caller.accountId !== attempt.roleAccountId || !named) {
    return { allowed: identity === 'allowed' && limits };
  }
  // A trust policy that names a user or one session is not limited by boundary and session policy; one that names a
  // role is.
  return { allowed: limits || caller.kind === 'user' || trust.grants.includes('session') };
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
