import type { FoundRole } from '../world/find-principal.js';
import { partitionOf } from '../world/partition.js';
import type { PolicyDocument } from '../world/world.js';
import type { EmulatorState } from './emulator-state.js';
import type { Session, SessionKind, SessionTag } from './sessions.js';
import { uniqueId } from './unique-id.js';

/** The properties of a new role session; `seconds` is its duration. */
export interface NewSession {
  readonly kind: SessionKind;
  readonly sessionName: string;
  readonly seconds: number;
  readonly tags?: readonly SessionTag[];
  readonly sourceIdentity?: string | undefined;
  readonly policies?: readonly PolicyDocument[];
  readonly tokenSize?: number;
}

/** Issues a role session, without evaluating policies. */
export function issueRoleSession(state: EmulatorState, found: FoundRole, wanted: NewSession): Session {
  const { seconds, sessionName, ...given } = wanted;
  const { accountId, role, roleName } = found;
  const issuedAt = state.clock.now();
  return state.sessions.issue({
    tags: [],
    policies: [],
    ...given,
    accountId,
    role,
    roleName,
    arn: `arn:${partitionOf(state.world, accountId)}:sts::${accountId}:assumed-role/${roleName}/${sessionName}`,
    userId: `${uniqueId(role, 'AROA')}:${sessionName}`,
    issuedAt,
    expiresAt: issuedAt + seconds * 1000,
  });
}
