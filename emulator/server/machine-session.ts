import type { EmulatorState } from '../session/emulator-state.js';
import { issueRoleSession } from '../session/issue-role-session.js';
import type { Session, SessionKind } from '../session/sessions.js';
import { isoSeconds } from '../wire/timestamps.js';
import { findRole } from '../world/find-principal.js';

const sessionSeconds = 6 * 3600;
const renewBeforeMs = 15 * 60_000;

/** The current session of a role; `undefined` if the role does not exist. */
type CurrentSession = (roleArn: string, sessionName: string) => Session | undefined;

/** The session of an instance or container. Like AWS, it is the same one until shortly before it expires. */
export function createMachineSession(state: EmulatorState, kind: SessionKind): CurrentSession {
  let session: Session | undefined;
  return (roleArn, sessionName) => {
    const found = findRole(state.world, roleArn);
    if (found === undefined) {
      return undefined;
    }
    const fresh = session?.role === found.role && session.expiresAt - state.clock.now() > renewBeforeMs;
    if (!fresh) {
      session = issueRoleSession(state, found, { kind, sessionName, seconds: sessionSeconds });
    }
    return session;
  };
}

/** The keys of a session as both endpoints name them. */
export function keysOf(session: Session): Record<string, string> {
  return {
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    Token: session.sessionToken,
    Expiration: isoSeconds(session.expiresAt),
  };
}
