import { emptyItemFix, type Refusal } from '../input/problem.js';
import { quote } from '../input/quote.js';
import { isAccountId, type RoleArn, type RoleName, roleArn } from './arn.js';
import { likelyArn, likelyPartition } from './likely-arn.js';
import { partitionOf, partitions } from './partition.js';

/** The result of reading an ARN: a role, or why AWS cannot have it; both if only a non-AWS STS can have such a role. */
export type ReadArn =
  | { readonly role: RoleArn; readonly refusal?: Refusal }
  | { readonly role?: undefined; readonly refusal: Refusal };

const namePattern = /^[\w+=,.@-]{1,64}$/;
const pathPattern = /^\/([\x21-\x7e]+\/)?$/;
const example = 'Write it like arn:aws:iam::<account ID>:role/<name>';
const exampleFor = (text: string) => `Write it like ${likelyArn(text) ?? 'arn:aws:iam::<account ID>:role/<name>'}`;

/** Reads a role ARN from a text that begins with `arn:`. */
export function readArn(text: string): ReadArn {
  if (/[\s\p{Cc}]/u.test(text) || text.indexOf('arn:', 1) > 0) {
    return { refusal: { what: `${quote(text)} contains white space or a line break`, fix: exampleFor(text) } };
  }
  const [, partition = '', , , accountId = '', ...rest] = text.split(':');
  const resource = rest.join(':');
  const { path, name } = splitPath(resource.replace(/^role(?=\/)/, ''));
  const refusal = arnRefusal(text);
  if (refusal !== undefined) {
    // A non-AWS STS can have other partitions, and accounts that are empty or names.
    const isNonAws = partitionOf(partition) === undefined || !/^\d+$/.test(accountId);
    return isNonAws ? { role: { arn: text, partition, accountId, path: path || '/', name }, refusal } : { refusal };
  }
  const nameRefusal = roleNameRefusal({ path, name }, text);
  return nameRefusal === undefined ? { role: roleArn(partition, accountId, { path, name }) } : { refusal: nameRefusal };
}

/** The role that an ARN names, also one of a non-AWS STS; undefined for any other text. */
export function readRoleArn(arn: string): RoleArn | undefined {
  return arn.startsWith('arn:') ? readArn(arn).role : undefined;
}

/** Why AWS cannot have a role with this ARN; undefined if it can. */
function arnRefusal(text: string): Refusal | undefined {
  const [, partition = '', service = '', region = '', accountId = '', ...rest] = text.split(':');
  const resource = rest.join(':');
  const refuse = (what: string, fix: string): Refusal => ({ what, fix });
  if (partition === '') {
    return refuse(`the partition of ${quote(text)} is empty`, `${example}. ${emptyItemFix}`);
  }
  if (partitionOf(partition) === undefined) {
    const known = partitions.map(({ id }) => id).join(', ');
    const likely = likelyPartition(partition);
    return refuse(
      `${quote(text)} names no AWS partition (${quote(partition)})`,
      `${likely === undefined ? '' : `Did you mean ${likely}? `}The partitions are ${known}`,
    );
  }
  if (service !== 'iam' || region !== '' || !resource.startsWith('role/')) {
    return refuse(`${quote(text)} is not the ARN of an IAM role`, exampleFor(text));
  }
  if (accountId === '') {
    return refuse(`the account ID of ${quote(text)} is empty`, `Write all twelve digits. ${emptyItemFix}`);
  }
  if (!isAccountId(accountId)) {
    const isNumber = /^\d+$/.test(accountId);
    const likely = likelyArn(text);
    const zeroLost = isNumber && accountId.length < 12 ? '; in YAML, quote an account ID that begins with a zero' : '';
    return refuse(
      `the account ID of ${quote(text)} has ${isNumber ? `${accountId.length} digits` : quote(accountId)} instead of 12 digits`,
      likely === undefined ? `Write all twelve digits of the account ID${zeroLost}` : `Write ${likely}`,
    );
  }
  return undefined;
}

/** Splits the part of an ARN after `role` at its last slash into the role's path and name. */
export function splitPath(resource: string): RoleName {
  const end = resource.lastIndexOf('/') + 1;
  return { path: resource.slice(0, end), name: resource.slice(end) };
}

/** Why AWS cannot have a role with this path and name; undefined if it can. */
export function roleNameRefusal({ path, name }: RoleName, text: string): Refusal | undefined {
  if (name === '') {
    const slash = path === '/' ? '' : ', or remove the last slash';
    return { what: `the role's name is empty in ${quote(text)}`, fix: `Write the name${slash}. ${emptyItemFix}` };
  }
  if (path.includes('//')) {
    const fix = `${exampleFor(text)} if the slash is there twice by mistake. ${emptyItemFix}`;
    return { what: `the role's path has an empty part in ${quote(text)}`, fix };
  }
  if (name.length > 64 || path.length > 512) {
    const [part, { length }, most] = name.length > 64 ? ['name', name, 64] : ['path', path, 512];
    return { what: `the role's ${part} has ${length} characters in ${quote(text)}`, fix: `AWS allows at most ${most}` };
  }
  if (!namePattern.test(name) || !pathPattern.test(path)) {
    const [character = ''] = namePattern.test(name) ? (/[^!-~]/u.exec(path) ?? []) : (/[^\w+=,.@-]/u.exec(name) ?? []);
    return {
      what: `${quote(text)} contains ${quote(character)}, which AWS does not allow in a role's path or name`,
      fix: `${character === '*' ? 'Name one role, without a pattern. ' : ''}A role's name has 1 to 64 letters, digits and +=,.@_-`,
    };
  }
  if (path.startsWith('/aws-service-role/')) {
    return {
      what: `${quote(name)} is a service-linked role, which only its AWS service can assume`,
      fix: 'Name a role of your own',
    };
  }
  if (name.startsWith('AWSReservedSSO_')) {
    return {
      what: `${quote(name)} belongs to IAM Identity Center and cannot be assumed through STS`,
      fix: 'Name a role of your own and let its trust policy allow the caller',
    };
  }
  return undefined;
}
