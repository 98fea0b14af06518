import type { JWTPayload } from 'jose';
import { isObject } from '../world/json-object.js';

/** The claim for session tags. */
export const tagsClaim = 'https://aws.amazon.com/tags';

/** The claim for a source identity. */
export const sourceIdentityClaim = 'https://aws.amazon.com/source_identity';

type Fits = (value: unknown) => boolean;

const isText: Fits = (value) => typeof value === 'string';
const isTextList: Fits = (value) => Array.isArray(value) && value.every(isText);
const isTagValue: Fits = (value) => isText(value) || (isTextList(value) && (value as string[]).length === 1);
const isTags: Fits = (value) =>
  isObject(value) &&
  optional((tags) => isObject(tags) && Object.values(tags).every(isTagValue))(value.principal_tags) &&
  optional(isTextList)(value.transitive_tag_keys);

/** The forms of the claims that STS reads. */
const readClaims: Readonly<Record<string, Fits>> = {
  iss: optional(isText),
  sub: optional(isText),
  aud: optional((value) => isText(value) || isTextList(value)),
  exp: optional(Number.isInteger),
  nbf: optional(Number.isInteger),
  iat: optional(Number.isInteger),
  [tagsClaim]: optional(isTags),
  [sourceIdentityClaim]: optional(isText),
};

function optional(fits: Fits): Fits {
  return (value) => value === undefined || fits(value);
}

/**
 * Whether every claim that STS reads has the right form:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export function areReadable(claims: JWTPayload): boolean {
  return Object.entries(readClaims).every(([name, fits]) => fits(claims[name]));
}
