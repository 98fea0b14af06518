import type { Caller } from './caller.js';
import type { EmulatorState } from './emulator-state.js';
import type { Session } from './sessions.js';

/** The properties of a new session of a user: `seconds` is its duration, `tokenSize` in bytes. */
interface NewUserSession {
  readonly seconds: number;
  readonly usedMfa: boolean;
  readonly tokenSize?: number;
}

/** Issues the session of a user or root user, as GetSessionToken does. */
export function issueUserSession(state: EmulatorState, owner: Caller, wanted: NewUserSession): Session {
  const { accountId, arn, userId, userName } = owner;
  const issuedAt = state.clock.now();
  return state.sessions.issue({
    kind: 'session-token',
    accountId,
    arn,
    userId,
    userName,
    issuedAt,
    expiresAt: issuedAt + wanted.seconds * 1000,
    mfaAt: wanted.usedMfa ? issuedAt : undefined,
    tags: [],
    policies: [],
    tokenSize: wanted.tokenSize,
  });
}
