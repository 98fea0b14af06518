import { parseRoleArn } from './arn.js';
import type { AccessKeyDocument, PolicyDocument, RoleDocument, UserDocument, WorldDocument } from './world.js';

/** A role found by its ARN. */
export interface FoundRole {
  readonly role: RoleDocument;
  readonly roleName: string;
  readonly accountId: string;
}

/** The owner of a long-term key. */
export interface KeyOwner {
  readonly accountId: string;
  readonly key: AccessKeyDocument;
  /** Absent for the account's root user. */
  readonly userName?: string;
  readonly user?: UserDocument;
}

/** The partition of an account. */
export function partitionOf(world: WorldDocument, accountId: string): string {
  return world.accounts[accountId]?.partition ?? world.partition ?? 'aws';
}

/** The ARN of a role or user, including its path. */
export function iamArn(world: WorldDocument, accountId: string, kind: 'role' | 'user', name: string): string {
  const account = world.accounts[accountId];
  const owner = kind === 'role' ? account?.roles?.[name] : account?.users?.[name];
  return `arn:${partitionOf(world, accountId)}:iam::${accountId}:${kind}${owner?.path ?? '/'}${name}`;
}

/** Finds a role by ARN. Path, partition and letter case must match. */
export function findRole(world: WorldDocument, arn: string): FoundRole | undefined {
  const parts = parseRoleArn(arn);
  if (parts === undefined) {
    return undefined;
  }
  const roles = world.accounts[parts.accountId]?.roles ?? {};
  const role = Object.hasOwn(roles, parts.name) ? roles[parts.name] : undefined;
  if (role === undefined || iamArn(world, parts.accountId, 'role', parts.name) !== arn) {
    return undefined;
  }
  return { role, roleName: parts.name, accountId: parts.accountId };
}

/** Finds the owner of a long-term access key, active or inactive. */
export function findKeyOwner(world: WorldDocument, accessKeyId: string): KeyOwner | undefined {
  for (const [accountId, account] of Object.entries(world.accounts)) {
    const rootKey = account.root?.accessKeys?.find((key) => key.accessKeyId === accessKeyId);
    if (rootKey !== undefined) {
      return { accountId, key: rootKey };
    }
    for (const [userName, user] of Object.entries(account.users ?? {})) {
      const key = user.accessKeys?.find((candidate) => candidate.accessKeyId === accessKeyId);
      if (key !== undefined) {
        return { accountId, key, userName, user };
      }
    }
  }
  return undefined;
}

function allowing(...actions: string[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
}

// Only the permissions for STS matter here.
const awsManagedPolicies: Readonly<Record<string, PolicyDocument>> = {
  AdministratorAccess: allowing('*'),
  PowerUserAccess: allowing('sts:*'),
  ReadOnlyAccess: allowing('sts:GetAccessKeyInfo', 'sts:GetCallerIdentity', 'sts:GetSessionToken'),
  SecurityAudit: allowing('sts:GetCallerIdentity'),
  ViewOnlyAccess: allowing('sts:GetCallerIdentity'),
};

/** Finds a managed policy of AWS or of an account. */
export function findManagedPolicy(world: WorldDocument, arn: string): PolicyDocument | undefined {
  const [, owner, name] = /^arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/(?:.+\/)?([\w+=,.@-]+)$/.exec(arn) ?? [];
  if (owner === undefined || name === undefined) {
    return undefined;
  }
  const policies = (owner === 'aws' ? awsManagedPolicies : world.accounts[owner]?.managedPolicies) ?? {};
  return Object.hasOwn(policies, name) ? policies[name] : undefined;
}

/** The note about a managed policy that is not in the world. */
export function unknownManagedPolicy(arn: string): string {
  return `managed policy ${arn} is not in the world, so it grants nothing`;
}
