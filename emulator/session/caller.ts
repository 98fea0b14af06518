import { iamArn, type KeyOwner, partitionOf } from '../world/directory.js';
import type { RoleDocument, UserDocument } from '../world/world.js';
import type { EmulatorState } from './emulator-state.js';
import type { Session } from './sessions.js';
import { uniqueId } from './unique-id.js';

/** The signer of a request: an account's root user, a user or a role session. */
export interface Caller {
  readonly kind: 'root' | 'user' | 'role';
  readonly accountId: string;
  /** The ARN in AWS's messages; for a session, the session's own. */
  readonly arn: string;
  /** `aws:PrincipalArn`: for a role session, the role's. */
  readonly principalArn: string;
  readonly userId: string;
  readonly userName?: string;
  readonly user?: UserDocument;
  readonly role?: RoleDocument;
  /** Absent for long-term keys. */
  readonly session?: Session;
}

/** The caller behind a long-term key. */
export function callerOfKey(state: EmulatorState, owner: KeyOwner): Caller {
  const { accountId, user, userName } = owner;
  if (user === undefined || userName === undefined) {
    const arn = `arn:${partitionOf(state.world, accountId)}:iam::${accountId}:root`;
    return { kind: 'root', accountId, arn, principalArn: arn, userId: accountId };
  }
  const arn = iamArn(state.world, accountId, 'user', userName);
  return { kind: 'user', accountId, arn, principalArn: arn, userId: uniqueId(user, 'AIDA'), userName, user };
}

/** The caller behind a session; `undefined` if its role or user was deleted, even if it was recreated. */
export function callerOfSession(state: EmulatorState, session: Session): Caller | undefined {
  const { accountId, roleName, role, userName } = session;
  const account = state.world.accounts[accountId];
  if (role !== undefined && roleName !== undefined) {
    if (account?.roles?.[roleName] !== role) {
      return undefined;
    }
    const principalArn = iamArn(state.world, accountId, 'role', roleName);
    return { kind: 'role', accountId, arn: session.arn, principalArn, userId: session.userId, role, session };
  }
  const user = userName === undefined ? undefined : account?.users?.[userName];
  if (userName !== undefined && user === undefined) {
    return undefined;
  }
  const key = { accessKeyId: '', secretAccessKey: '' };
  const owner = user === undefined || userName === undefined ? { accountId, key } : { accountId, key, user, userName };
  return { ...callerOfKey(state, owner), session };
}
