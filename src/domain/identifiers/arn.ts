/** A parsed IAM role ARN. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export interface RoleArn {
  readonly arn: string;
  readonly partition: string;
  readonly accountId: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly name: string;
}

/** A role that is only named: it is in the account of the caller. */
export interface RoleName {
  readonly path: string;
  readonly name: string;
}

/** The identity of credentials, parsed from the ARN that GetCallerIdentity or AssumeRole returned. */
export interface IdentityArn {
  /** Empty if a non-AWS STS did not return it. */
  readonly arn: string;
  readonly partition: string;
  readonly accountId: string;
  readonly kind: 'user' | 'assumed-role' | 'federated-user' | 'root' | 'other';
  /** The user's or role's name; a session ARN has no role path. */
  readonly name: string;
  /** The session name, if the identity is a session. */
  readonly roleSessionName: string;
}

const accountPattern = /^\d{12}$/;

/** Whether the text is a twelve-digit AWS account ID. */
export function isAccountId(text: string): boolean {
  return accountPattern.test(text);
}

/** Matches every AWS account ID in a text; longer numbers do not match. */
export const accountIdsWithin = /(?<!\d)\d{12}(?!\d)/g;

/** Builds a role ARN. */
export function roleArn(partition: string, accountId: string, { path, name }: RoleName): RoleArn {
  return { arn: `arn:${partition}:iam::${accountId}:role${path}${name}`, partition, accountId, path, name };
}

/** Whether a role was given as an ARN, not only as a name. */
export function isRoleArn(role: RoleArn | RoleName): role is RoleArn {
  return 'arn' in role;
}

/** Describes an identity: its ARN or, if STS did not return one, its name and session. */
export function identityText({ arn, name, roleSessionName }: IdentityArn): string {
  return arn || `${name}/${roleSessionName} (STS did not return its ARN)`;
}

/** Parses the ARN of a session or user. */
export function parseIdentityArn(arn: string): IdentityArn {
  const [, partition = 'aws', , , accountId = '', ...rest] = arn.split(':');
  const [type = '', ...names] = rest.join(':').split('/');
  const base = { arn, partition, accountId };
  switch (type) {
    case 'user':
      return { ...base, kind: 'user', name: names.at(-1) ?? '', roleSessionName: '' };
    case 'assumed-role':
      // A non-AWS STS may include the role's path; AWS omits it.
      return { ...base, kind: 'assumed-role', name: names.at(-2) ?? '', roleSessionName: names.at(-1) ?? '' };
    case 'federated-user':
      return { ...base, kind: 'federated-user', name: names.join('/'), roleSessionName: '' };
    case 'root':
      return { ...base, kind: 'root', name: 'root', roleSessionName: '' };
    default:
      return { ...base, kind: 'other', name: names.join('/'), roleSessionName: '' };
  }
}
