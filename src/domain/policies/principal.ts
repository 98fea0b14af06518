import type { IdentityArn, RoleArn } from '../iam/arn.js';

/** How a trust policy names a caller. */
export interface Principal {
  /** The value of `AWS` in the Principal element. */
  readonly arn: string;
  /** What `aws:PrincipalArn` must match, if the ARN alone names more than the caller. */
  readonly pattern?: string;
  /** The user or role whose permissions policy must allow the call. */
  readonly holder: string;
}

/** A principal that is named by its ARN alone. */
export function principalNamed(arn: string): Principal {
  return { arn, holder: arn };
}

/** The principal of a caller: its user, or the role of its session, with its path if an earlier hop assumed it. */
export function principalOf(caller: IdentityArn, role: RoleArn | undefined): Principal {
  const { partition, accountId, name, kind, arn } = caller;
  if (role !== undefined || kind !== 'assumed-role') {
    return principalNamed(role?.arn ?? arn);
  }
  const roles = `arn:${partition}:iam::${accountId}:role`;
  return isIdentityCenterRole(name)
    ? {
        arn: `arn:${partition}:iam::${accountId}:root`,
        pattern: `${roles}/aws-reserved/sso.amazonaws.com*/${name}`,
        holder: name,
      }
    : principalNamed(`${roles}/${name}`);
}

/**
 * Whether IAM Identity Center made a role. Its path holds the home Region, except for us-east-1, and a session's ARN
 * does not show it. https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
export function isIdentityCenterRole(name: string): boolean {
  return name.startsWith('AWSReservedSSO_');
}

/** The Condition that a principal's pattern needs. */
export function principalCondition({ pattern }: Principal): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return pattern === undefined ? {} : { ArnLike: { 'aws:PrincipalArn': pattern } };
}
