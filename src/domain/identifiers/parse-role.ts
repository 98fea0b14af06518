import type { Place } from '../input/place.js';
import type { Refusal } from '../input/problem.js';
import { quote } from '../input/quote.js';
import type { RoleArn, RoleName } from './arn.js';
import { likelyArn } from './likely-arn.js';
import { explainNotARole } from './not-a-role.js';
import { readArn, roleNameRefusal, splitPath } from './role-arn.js';

/** A role as written by the user. */
export interface WrittenRole {
  readonly role: RoleArn | RoleName;
  /** Why AWS cannot have this role (a non-AWS STS may), and where it is written. */
  readonly awsRefusal?: Refusal & { readonly place: Place };
}

/** Parses a role ARN, or a role name with an optional path; reports a problem and returns undefined otherwise. */
export function parseRole(text: string, place: Place): WrittenRole | undefined {
  if (!text.startsWith('arn:')) {
    return parseRoleName(text, place);
  }
  const { role, refusal } = readArn(text);
  if (role === undefined) {
    return refused(refusal, text, place);
  }
  return refusal === undefined ? { role } : { role, awsRefusal: { ...(explainNotARole(text) ?? refusal), place } };
}

function refused(refusal: Refusal, text: string, place: Place): undefined {
  const { what, fix } = explainNotARole(text) ?? refusal;
  place.report(what, fix);
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
      ? 'Write an ARN like arn:aws:iam::<account ID>:role/<name>, or a role name of 1 to 64 letters, digits and +=,.@_-'
      : `Write ${likely}`;
  return refused({ what: `${quote(text)} is neither the ARN nor the name of a role`, fix }, text, place);
}
