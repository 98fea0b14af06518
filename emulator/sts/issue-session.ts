import type { EmulatorState } from '../session/emulator-state.js';
import { issueRoleSession, type NewSession } from '../session/issue-role-session.js';
import { sessionPolicies } from '../session/session-policies.js';
import type { Session, SessionTag } from '../session/sessions.js';
import { sessionTokenSize } from '../session/token-size.js';
import type { Parameters } from '../wire/parameters.js';
import type { FoundRole } from '../world/find-principal.js';

/** The role session that a call requests. */
interface WantedSession extends Pick<NewSession, 'kind' | 'sessionName' | 'seconds'> {
  readonly found: FoundRole;
  readonly tags: readonly SessionTag[];
  readonly sourceIdentity: string | undefined;
}

/** Issues a role session with the session policies of a call, and a token of the resulting size. */
export function issueSession(
  state: EmulatorState,
  parameters: Parameters,
  { found, ...wanted }: WantedSession,
): Session {
  const policies = sessionPolicies(state, parameters, found.accountId);
  const tokenSize = sessionTokenSize(parameters, wanted);
  return issueRoleSession(state, found, { ...wanted, policies, tokenSize });
}
