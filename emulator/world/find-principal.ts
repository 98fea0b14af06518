import { parseRoleArn, type RoleArnParts, roleArnOf } from './arn.js';
import type { AccessKeyDocument, RoleDocument, UserDocument, WorldDocument } from './world.js';

/** A role found by its ARN. */
export interface FoundRole extends RoleArnParts {
  readonly role: RoleDocument;
}

/** A user, or an account's root user. */
export interface UserOrRoot {
  readonly accountId: string;
  /** Absent for the root user. */
  readonly userName?: string;
  readonly user?: UserDocument;
}

/** The owner of a long-term key. */
interface KeyOwner extends UserOrRoot {
  readonly key: AccessKeyDocument;
}

/** Finds a role by ARN. Path, partition and letter case must match. */
export function findRole(world: WorldDocument, arn: string): FoundRole | undefined {
  const { accountId, roleName } = parseRoleArn(arn) ?? {};
  if (accountId === undefined || roleName === undefined || roleArnOf(world, accountId, roleName) !== arn) {
    return undefined;
  }
  const roles = world.accounts[accountId]?.roles ?? {};
  const role = Object.hasOwn(roles, roleName) ? roles[roleName] : undefined;
  return role === undefined ? undefined : { accountId, roleName, role };
}

/** Finds the owner of a long-term access key, active or inactive. */
export function findKeyOwner(world: WorldDocument, accessKeyId: string): KeyOwner | undefined {
  const isIt = (key: AccessKeyDocument) => key.accessKeyId === accessKeyId;
  for (const [accountId, account] of Object.entries(world.accounts)) {
    const rootKey = account.root?.accessKeys?.find(isIt);
    if (rootKey !== undefined) {
      return { accountId, key: rootKey };
    }
    for (const [userName, user] of Object.entries(account.users ?? {})) {
      const key = user.accessKeys?.find(isIt);
      if (key !== undefined) {
        return { accountId, key, userName, user };
      }
    }
  }
  return undefined;
}
