/** An IAM role's ARN, taken apart. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export interface RoleArn {
  readonly arn: string;
  readonly partition: string;
  readonly accountId: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly name: string;
}

/** A role named without its account: it lies in the account of the identity that makes the hop. */
export interface RoleName {
  readonly path: string;
  readonly name: string;
}

/** Who a set of credentials is, taken from the ARN that GetCallerIdentity or AssumeRole gave. */
export interface IdentityArn {
  /** Empty where an STS of another make did not say it. */
  readonly arn: string;
  readonly partition: string;
  readonly accountId: string;
  readonly kind: 'user' | 'assumed-role' | 'federated-user' | 'root' | 'other';
  /** The user's or role's name; IAM leaves a role's path out of a session's ARN. */
  readonly name: string;
  /** The session's name, where the identity is a session. */
  readonly roleSessionName: string;
}

const accountPattern = /^\d{12}$/;

/** Whether the text is a twelve-digit AWS account id. */
export function isAccountId(text: string): boolean {
  return accountPattern.test(text);
}

/** Every AWS account id in a text; longer numbers are none. */
export const accountIdsWithin = /(?<!\d)\d{12}(?!\d)/g;

/** The ARN of a role from its parts. */
export function roleArn(partition: string, accountId: string, { path, name }: RoleName): RoleArn {
  return { arn: `arn:${partition}:iam::${accountId}:role${path}${name}`, partition, accountId, path, name };
}

/** Whether a role is named in full. */
export function isRoleArn(role: RoleArn | RoleName): role is RoleArn {
  return 'arn' in role;
}

/** An identity as a reader sees it: its ARN, or what is known without one. */
export function identityText({ arn, name, roleSessionName }: IdentityArn): string {
  return arn || `${name}/${roleSessionName} (STS did not return its ARN)`;
}

/** Reads a session's or user's ARN. */
export function parseIdentityArn(arn: string): IdentityArn {
  const [, partition = 'aws', , , accountId = '', ...rest] = arn.split(':');
  const [type = '', ...names] = rest.join(':').split('/');
  const base = { arn, partition, accountId };
  switch (type) {
    case 'user':
      return { ...base, kind: 'user', name: names.at(-1) ?? '', roleSessionName: '' };
    case 'assumed-role':
      // STS of other makes write the role's path too; AWS leaves it out.
      return { ...base, kind: 'assumed-role', name: names.at(-2) ?? '', roleSessionName: names.at(-1) ?? '' };
    case 'federated-user':
      return { ...base, kind: 'federated-user', name: names.join('/'), roleSessionName: '' };
    case 'root':
      return { ...base, kind: 'root', name: 'root', roleSessionName: '' };
    default:
      return { ...base, kind: 'other', name: names.join('/'), roleSessionName: '' };
  }
}
