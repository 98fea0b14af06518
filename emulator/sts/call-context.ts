import { type ContextEntry, createContext, type RequestContext } from '../policy-language/request-context.js';
import type { Caller } from '../session/caller.js';
import type { EmulatorState } from '../session/emulator-state.js';
import { inheritedTags, overlay } from '../session/session-tags.js';
import type { SessionTag } from '../session/sessions.js';
import { isoSeconds } from '../wire/timestamps.js';
import type { RoleDocument, WorldDocument } from '../world/world.js';
import type { Call } from './operation.js';

/** The facts, besides the call itself, that its condition keys are built from. */
interface ContextFacts {
  readonly roleAccountId: string;
  readonly role: RoleDocument | undefined;
  readonly sessionName: string | undefined;
  /** All tags of the new session, including inherited ones. */
  readonly tags: readonly SessionTag[];
  readonly sourceIdentity: string | undefined;
  readonly externalId?: string | undefined;
  readonly mfaAt?: number | undefined;
  /** The condition keys of a federated token. */
  readonly federatedKeys?: readonly ContextEntry[];
}

/** Builds the condition keys of a call. */
export function callContext(state: EmulatorState, call: Call, facts: ContextFacts): RequestContext {
  const now = state.clock.now();
  const { world } = state;
  const { caller } = call;
  const inherited = inheritedTags(caller?.session?.tags);
  const transitive = facts.tags.filter((tag) => tag.transitive).map((tag) => tag.key);
  return createContext([
    ['aws:CurrentTime', new Date(now).toISOString()],
    ['aws:EpochTime', String(Math.floor(now / 1000))],
    // AWS's endpoint uses TLS; here it is assumed, so that policies behave as on AWS.
    ['aws:SecureTransport', 'true'],
    ['aws:SourceIp', call.sourceIp],
    ['aws:UserAgent', call.userAgent],
    ['aws:ViaAWSService', 'false'],
    ['aws:RequestedRegion', call.region],
    ['aws:ResourceAccount', facts.roleAccountId],
    ['aws:ResourceOrgID', organizationOf(world, facts.roleAccountId)],
    ['aws:ResourceOrgPaths', world.accounts[facts.roleAccountId]?.organizationPath],
    ['aws:TagKeys', facts.tags.map((tag) => tag.key)],
    ['sts:TransitiveTagKeys', transitive],
    ['sts:RoleSessionName', facts.sessionName],
    ['sts:SourceIdentity', facts.sourceIdentity],
    ['sts:ExternalId', facts.externalId],
    ...facts.tags.map((tag): ContextEntry => [`aws:RequestTag/${tag.key}`, tag.value]),
    ...overlay(facts.role?.tags, inherited).map(([key, value]): ContextEntry => [`aws:ResourceTag/${key}`, value]),
    ...(caller === undefined ? [] : callerEntries(state, caller, facts.mfaAt)),
    ...(facts.federatedKeys ?? []),
  ]);
}

function callerEntries(state: EmulatorState, caller: Caller, mfaAt: number | undefined): ContextEntry[] {
  const { session } = caller;
  const since = mfaAt ?? session?.mfaAt;
  // The key is "false" for temporary credentials and absent for long-term keys.
  const present = since === undefined ? (session === undefined ? undefined : 'false') : 'true';
  const tags = overlay(caller.role?.tags ?? caller.user?.tags, session?.tags ?? []);
  return [
    ['aws:PrincipalArn', caller.principalArn],
    ['aws:PrincipalAccount', caller.accountId],
    ['aws:PrincipalOrgID', organizationOf(state.world, caller.accountId)],
    ['aws:PrincipalOrgPaths', state.world.accounts[caller.accountId]?.organizationPath],
    ['aws:PrincipalType', caller.kind === 'role' ? 'AssumedRole' : caller.kind === 'user' ? 'User' : 'Account'],
    ['aws:PrincipalIsAWSService', 'false'],
    ['aws:userid', caller.userId],
    ['aws:username', caller.userName],
    ['aws:SourceIdentity', session?.sourceIdentity],
    ['aws:TokenIssueTime', session === undefined ? undefined : isoSeconds(session.issuedAt)],
    ['aws:MultiFactorAuthPresent', present],
    [
      'aws:MultiFactorAuthAge',
      since === undefined ? undefined : String(Math.floor((state.clock.now() - since) / 1000)),
    ],
    ...tags.map(([key, value]): ContextEntry => [`aws:PrincipalTag/${key}`, value]),
  ];
}

function organizationOf(world: WorldDocument, accountId: string): string | undefined {
  const account = world.accounts[accountId];
  return account?.organizationId ?? account?.organizationPath?.split('/')[0];
}
