import type { IdentityArn, RoleArn } from '../identifiers/arn.js';

/** The caller of a hop, as a trust policy names it and a permissions policy belongs to it. */
export interface Principal {
  /** The value of `AWS` in the Principal element. */
  readonly arn: string;
  /** A pattern for `aws:PrincipalArn`, if `arn` names more than the caller (a whole account). */
  readonly pattern?: string;
  /** The user or role whose permissions policy must allow the call. */
  readonly holder: string;
}

/** A principal that is named by its ARN alone. */
export function principalNamed(arn: string): Principal {
  return { arn, holder: arn };
}

/**
 * Returns the principal of a caller: the user, or the role of the session. `role` is the role with its path if an
 * earlier hop assumed it; the ARN of a session does not show the path.
 */
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
 * Whether IAM Identity Center created a role. The path of such a role contains the home Region, unless that is
 * us-east-1, and a session's ARN does not show the path.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
export function isIdentityCenterRole(name: string): boolean {
  return name.startsWith('AWSReservedSSO_');
}

/** The Condition that a principal's pattern needs. */
export function principalCondition({ pattern }: Principal): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return pattern === undefined ? {} : { ArnLike: { 'aws:PrincipalArn': pattern } };
}
