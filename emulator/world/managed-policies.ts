import type { PolicyDocument, WorldDocument } from './world.js';

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

function allowing(...actions: string[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
}
