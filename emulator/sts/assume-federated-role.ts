import type { ContextEntry } from '../policy-language/request-context.js';
import type { EmulatorState } from '../session/emulator-state.js';
import type { Session, SessionTag } from '../session/sessions.js';
import { validationError } from '../wire/aws-error.js';
import { parseRoleArn } from '../world/arn.js';
import { findRole } from '../world/find-principal.js';
import { actionsOf, authorizeFederated } from './authorize.js';
import { callContext } from './call-context.js';
import { issueSession } from './issue-session.js';
import type { Call } from './operation.js';
import { sessionSeconds } from './session-duration.js';

/** What a verified ID token or assertion says about a session. */
interface FederatedIdentity {
  readonly kind: 'web-identity' | 'saml';
  /** The ARN of the identity provider. */
  readonly provider: string;
  readonly sessionName: string;
  readonly tags: readonly SessionTag[];
  readonly sourceIdentity: string | undefined;
  /** The condition keys of the token or assertion. */
  readonly keys: readonly ContextEntry[];
  /** The requested duration. */
  readonly durationSeconds: number | undefined;
  /** The latest end of the session, in epoch milliseconds. */
  readonly endsBefore?: number | undefined;
}

const actions = { 'web-identity': 'sts:AssumeRoleWithWebIdentity', saml: 'sts:AssumeRoleWithSAML' } as const;

/** The account of the role that a federated call names. Throws ValidationError for text that is not a role ARN. */
export function federatedAccount({ parameters }: Call): string {
  const target = parseRoleArn(parameters.required('RoleArn'));
  if (target === undefined) {
    throw invalidArn();
  }
  return target.accountId;
}

/** Authorizes a federated call and issues its session. Throws AccessDenied or ValidationError. */
export function assumeFederatedRole(state: EmulatorState, call: Call, identity: FederatedIdentity): Session {
  const { kind, sessionName, tags, sourceIdentity, provider } = identity;
  const roleArn = call.parameters.required('RoleArn');
  const found = findRole(state.world, roleArn);
  const to = { roleAccountId: federatedAccount(call), role: found?.role };
  const federatedKeys: readonly ContextEntry[] = [
    ['aws:FederatedProvider', provider],
    ...tags.map((tag): ContextEntry => [`aws:PrincipalTag/${tag.key}`, tag.value]),
    ...identity.keys,
  ];
  const context = callContext(state, call, { ...to, sessionName, tags, sourceIdentity, federatedKeys });
  const attempt = { ...to, federated: provider, roleArn, context };
  authorizeFederated(state, attempt, actionsOf(actions[kind], sourceIdentity, tags.length));
  if (found === undefined) {
    throw invalidArn();
  }
  const asked = sessionSeconds(identity.durationSeconds, found.role, false);
  const left = ((identity.endsBefore ?? Number.POSITIVE_INFINITY) - state.clock.now()) / 1000;
  const seconds = Math.min(asked, Math.floor(left));
  return issueSession(state, call.parameters, { kind, found, sessionName, seconds, tags, sourceIdentity });
}

function invalidArn() {
  return validationError('Request ARN is invalid');
}
