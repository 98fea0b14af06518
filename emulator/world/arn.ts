import { partitionOf } from './partition.js';
import type { WorldDocument } from './world.js';

/** The account and name in the ARN of a role. */
export interface RoleArnParts {
  readonly accountId: string;
  readonly roleName: string;
}

const roleArnPattern = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:[\u0021-\u007E]+\/)?([\w+=,.@-]{1,64})$/;

/** Parses a role ARN; `undefined` for any other text. */
export function parseRoleArn(text: string): RoleArnParts | undefined {
  const [, accountId, roleName] = roleArnPattern.exec(text) ?? [];
  return accountId === undefined || roleName === undefined ? undefined : { accountId, roleName };
}

const sessionArnPattern = /^arn:aws[a-z-]*:sts::(\d{12}):assumed-role\/([\w+=,.@-]{1,64})\/([\w+=,.@-]{2,64})$/;

/** Parses the ARN of a role session; `undefined` for any other text. */
export function parseSessionArn(text: string): (RoleArnParts & { readonly sessionName: string }) | undefined {
  const [, accountId, roleName, sessionName] = sessionArnPattern.exec(text) ?? [];
  if (accountId === undefined || roleName === undefined || sessionName === undefined) {
    return undefined;
  }
  return { accountId, roleName, sessionName };
}

/** The ARN of a role, including its path. */
export function roleArnOf(world: WorldDocument, accountId: string, roleName: string): string {
  const path = world.accounts[accountId]?.roles?.[roleName]?.path ?? '/';
  return iamArn(world, accountId, `role${path}${roleName}`);
}

/** The ARN of a user, including its path. */
export function userArnOf(world: WorldDocument, accountId: string, userName: string): string {
  const path = world.accounts[accountId]?.users?.[userName]?.path ?? '/';
  return iamArn(world, accountId, `user${path}${userName}`);
}

/** The ARN of an IAM resource of an account, such as `saml-provider/corp`. */
export function iamArn(world: WorldDocument, accountId: string, resource: string): string {
  return `arn:${partitionOf(world, accountId)}:iam::${accountId}:${resource}`;
}
