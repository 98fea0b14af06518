import { type Problem, quote } from '../input/problem.js';
import { partitionOf, partitions } from './partition.js';

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
const namePattern = /^[\w+=,.@-]{1,64}$/;
const pathPattern = /^\/([\x21-\x7e]+\/)?$/;

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

/** Reads a role's ARN, or a role's name with an optional path; a problem where it is neither. */
export function parseRole(text: string, where: string): RoleArn | RoleName | Problem {
  return text.startsWith('arn:') ? parseRoleArn(text, where) : parseRoleName(text, where);
}

/** Whether a role is named in full. */
export function isRoleArn(role: RoleArn | RoleName): role is RoleArn {
  return 'arn' in role;
}

/** An identity as a reader sees it: its ARN, or what is known without one. */
export function identityText({ arn, name, roleSessionName }: IdentityArn): string {
  return arn || `${name}/${roleSessionName} (STS did not say its ARN)`;
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
      return { ...base, kind: 'assumed-role', name: names[0] ?? '', roleSessionName: names.slice(1).join('/') };
    case 'federated-user':
      return { ...base, kind: 'federated-user', name: names.join('/'), roleSessionName: '' };
    case 'root':
      return { ...base, kind: 'root', name: 'root', roleSessionName: '' };
    default:
      return { ...base, kind: 'other', name: names.join('/'), roleSessionName: '' };
  }
}

function parseRoleArn(text: string, where: string): RoleArn | Problem {
  const wrong = (what: string, fix: string): Problem => ({ where, what, fix });
  const example = 'Write it like arn:aws:iam::<account id>:role/<name>';
  const [, partition = '', service = '', region = '', accountId = '', ...rest] = text.split(':');
  const resource = rest.join(':');
  if (/[\s\p{Cc}]/u.test(text)) {
    return wrong(`${quote(text)} holds white space or a line break`, `${example}, one role per line`);
  }
  if (text.indexOf('arn:', 1) > 0) {
    return wrong(`${quote(text)} holds more than one ARN`, 'Write one role per line of role-chain');
  }
  if (service === 'sts' && resource.startsWith('assumed-role/')) {
    const name = resource.split('/')[1] ?? '';
    return wrong(
      `${quote(text)} is the ARN of a session, not of a role`,
      `Give the role behind it: arn:${partition}:iam::${accountId}:role/${name} (with its path, if it has one)`,
    );
  }
  if (partitionOf(partition) === undefined) {
    const known = partitions.map(({ id }) => id).join(', ');
    return wrong(`${quote(text)} names no AWS partition (${quote(partition)})`, `Use one of ${known}`);
  }
  if (service !== 'iam' || region !== '' || !resource.startsWith('role/')) {
    return wrong(`${quote(text)} is not the ARN of an IAM role`, example);
  }
  if (!isAccountId(accountId)) {
    const digits = /^\d+$/.test(accountId) ? `${accountId.length} digits` : quote(accountId);
    return wrong(
      `the account id of ${quote(text)} has ${digits} instead of 12 digits`,
      'Write all twelve digits; in YAML, quote an account id that begins with a zero',
    );
  }
  const role = splitPath(resource.slice('role'.length));
  const problem = roleNameProblem(role, where);
  return problem ?? roleArn(partition, accountId, role);
}

function parseRoleName(text: string, where: string): RoleName | Problem {
  const role = splitPath(text.startsWith('/') ? text : `/${text}`);
  // A path may hold a colon, but a name written with one is a damaged ARN far more often; such a path needs the whole ARN.
  if (!text.includes(':') && roleNameProblem(role, where) === undefined) {
    return role;
  }
  return {
    where,
    what: `${quote(text)} is neither the ARN nor the name of a role`,
    fix: 'Write an ARN like arn:aws:iam::<account id>:role/<name>, or a role name of 1 to 64 letters, digits and +=,.@_-',
  };
}

function splitPath(resource: string): RoleName {
  const end = resource.lastIndexOf('/') + 1;
  return { path: resource.slice(0, end), name: resource.slice(end) };
}

function roleNameProblem({ path, name }: RoleName, where: string): Problem | undefined {
  if (!namePattern.test(name) || !pathPattern.test(path) || path.length > 512) {
    return {
      where,
      what: `${quote(`${path}${name}`)} is not a role's path and name`,
      fix: 'A role name has 1 to 64 letters, digits and +=,.@_-; a path begins and ends with a slash and has at most 512 characters',
    };
  }
  if (path.startsWith('/aws-service-role/')) {
    return {
      where,
      what: `${quote(name)} is a service-linked role, which only its AWS service can assume`,
      fix: 'Name a role of your own',
    };
  }
  if (name.startsWith('AWSReservedSSO_')) {
    return {
      where,
      what: `${quote(name)} belongs to IAM Identity Center and cannot be assumed through STS`,
      fix: 'Name a role of your own and let its trust policy allow the caller',
    };
  }
  return undefined;
}
