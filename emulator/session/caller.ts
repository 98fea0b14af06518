import { iamArn, roleArnOf, userArnOf } from '../world/arn.js';
import type { UserOrRoot } from '../world/find-principal.js';
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

/** A user or root user as a caller. */
export function callerOfUser({ world }: EmulatorState, { accountId, user, userName }: UserOrRoot): Caller {
  if (user === undefined || userName === undefined) {
    const arn = iamArn(world, accountId, 'root');
    return { kind: 'root', accountId, arn, principalArn: arn, userId: accountId };
  }
  const arn = userArnOf(world, accountId, userName);
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
    const principalArn = roleArnOf(state.world, accountId, roleName);
    return { kind: 'role', accountId, arn: session.arn, principalArn, userId: session.userId, role, session };
  }
  if (userName === undefined) {
    return { ...callerOfUser(state, { accountId }), session };
  }
  const user = account?.users?.[userName];
  return user === undefined ? undefined : { ...callerOfUser(state, { accountId, user, userName }), session };
}
