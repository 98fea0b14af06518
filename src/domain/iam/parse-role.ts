import { nowhere, type Place } from '../input/place.js';
import { emptyItemFix, type Refusal } from '../input/problem.js';
import { quote } from '../input/quote.js';
import { isAccountId, isRoleArn, type RoleArn, type RoleName, roleArn } from './arn.js';
import { likelyArn, likelyPartition } from './likely-arn.js';
import { partitionOf, partitions } from './partition.js';
import { roleMistake } from './role-mistake.js';

/** A role as written by the user. */
export interface WrittenRole {
  readonly role: RoleArn | RoleName;
  /** Why AWS cannot have this role (a non-AWS STS may), and where it is written. */
  readonly awsRefusal?: Refusal & { readonly place: Place };
}

const namePattern = /^[\w+=,.@-]{1,64}$/;
const pathPattern = /^\/([\x21-\x7e]+\/)?$/;
const example = 'Write it like arn:aws:iam::<account id>:role/<name>';
const exampleFor = (text: string) => `Write it like ${likelyArn(text) ?? 'arn:aws:iam::<account id>:role/<name>'}`;

/** Parses a role ARN, or a role name with an optional path; reports a problem and returns undefined otherwise. */
export function parseRole(text: string, place: Place): WrittenRole | undefined {
  if (!text.startsWith('arn:')) {
    return parseRoleName(text, place);
  }
  if (/[\s\p{Cc}]/u.test(text) || text.indexOf('arn:', 1) > 0) {
    return refused({ what: `${quote(text)} holds white space or a line break`, fix: exampleFor(text) }, text, place);
  }
  const [, partition = '', , , accountId = '', ...rest] = text.split(':');
  const resource = rest.join(':');
  const { path, name } = splitPath(resource.replace(/^role(?=\/)/, ''));
  const refusal = arnRefusal(text);
  // A non-AWS STS can have other partitions, and accounts that are empty or names.
  const mayBeOthers = partitionOf(partition) === undefined || !/^\d+$/.test(accountId);
  if (refusal !== undefined && mayBeOthers) {
    const role = { arn: text, partition, accountId, path: path || '/', name };
    return { role, awsRefusal: { ...(roleMistake(text) ?? refusal), place } };
  }
  if (refusal !== undefined) {
    return refused(refusal, text, place);
  }
  const nameRefusal = roleNameRefusal({ path, name }, text);
  return nameRefusal === undefined
    ? { role: roleArn(partition, accountId, { path, name }) }
    : refused(nameRefusal, text, place);
}

/** The role of an ARN; undefined for any other text. */
export function readRoleArn(arn: string): RoleArn | undefined {
  const role = parseRole(arn, nowhere)?.role;
  return role !== undefined && isRoleArn(role) ? role : undefined;
}

function refused(refusal: Refusal, text: string, place: Place): undefined {
  const { what, fix } = roleMistake(text) ?? refusal;
  place.report(what, fix);
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
    return refuse(`the account id of ${quote(text)} is empty`, `Write all twelve digits. ${emptyItemFix}`);
  }
  if (!isAccountId(accountId)) {
    const isNumber = /^\d+$/.test(accountId);
    const likely = likelyArn(text);
    const zeroLost = isNumber && accountId.length < 12 ? '; in YAML, quote an account id that begins with a zero' : '';
    return refuse(
      `the account id of ${quote(text)} has ${isNumber ? `${accountId.length} digits` : quote(accountId)} instead of 12 digits`,
      likely === undefined ? `Write all twelve digits of the account id${zeroLost}` : `Write ${likely}`,
    );
  }
  return undefined;
}

function parseRoleName(text: string, place: Place): WrittenRole | undefined {
  const role = splitPath(text.startsWith('/') ? text : `/${text}`);
  // A path may contain a colon, but it is usually a damaged ARN; such a path needs the full ARN.
  // Twelve digits, a path that starts with them or with role/, and null are legal names, but usually mistakes.
  if (!/:|^\d{12}(?:$|\/)|^role\/|^(?:null|undefined)$/.test(text) && roleNameRefusal(role, text) === undefined) {
    return { role };
  }
  const likely = likelyArn(text);
  const fix =
    likely === undefined
      ? 'Write an ARN like arn:aws:iam::<account id>:role/<name>, or a role name of 1 to 64 letters, digits and +=,.@_-'
      : `Write ${likely}`;
  return refused({ what: `${quote(text)} is neither the ARN nor the name of a role`, fix }, text, place);
}

function splitPath(resource: string): RoleName {
  const end = resource.lastIndexOf('/') + 1;
  return { path: resource.slice(0, end), name: resource.slice(end) };
}

function roleNameRefusal({ path, name }: RoleName, text: string): Refusal | undefined {
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
      what: `${quote(text)} holds ${quote(character)}, which no role's path and name can have`,
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
