import { largestSessionToken, packedPolicyTooLarge } from '../wire/aws-error.js';
import type { Parameters } from '../wire/parameters.js';
import type { XmlElement } from '../wire/query-xml.js';
import type { Session, SessionTag } from './sessions.js';

/** The bytes of a session token that carries neither policies nor tags. */
export const emptyTokenSize = 700;

/** What a tag costs besides its key and value, in bytes. */
const tagOverhead = 4;

/** What a session carries that makes its token larger. */
interface TokenContent {
  readonly tags: readonly SessionTag[];
  readonly sourceIdentity: string | undefined;
}

/**
 * The bytes of the session token of a call; above AWS's maximum it throws PackedPolicyTooLarge.
 * AWS's packing is not public. Here: the empty token, the inline policy without insignificant blanks, the ARNs of
 * managed policies, keys and values of all tags with 4 bytes each, and the source identity, in UTF-8.
 */
export function sessionTokenSize(parameters: Parameters, { tags, sourceIdentity = '' }: TokenContent): number {
  const inline = parameters.text('Policy');
  const texts = [
    inline === undefined ? '' : JSON.stringify(JSON.parse(inline)),
    ...parameters.policyArns,
    ...tags.flatMap((tag) => [tag.key, tag.value]),
    sourceIdentity,
  ];
  const overhead = emptyTokenSize + tags.length * tagOverhead;
  const size = texts.reduce((sum, text) => sum + Buffer.byteLength(text), overhead);
  if (size > largestSessionToken) {
    throw packedPolicyTooLarge(size);
  }
  return Math.max(size, parameters.integer('MinimumSessionTokenSize') ?? 0);
}

/** The elements that tell how large a session's token is. */
export function tokenSizeElements({ sessionToken }: Session): readonly XmlElement[] {
  return [
    ['SessionTokenUtilization', utilization(sessionToken)],
    ['SessionTokenSize', sessionToken.length],
  ];
}

/** The deprecated predecessor of SessionTokenUtilization. STS returns it only for calls with policies or tags. */
export function packedPolicySize(parameters: Parameters, session: Session): XmlElement {
  const isGiven =
    parameters.text('Policy') !== undefined || parameters.policyArns.length > 0 || session.tags.length > 0;
  return ['PackedPolicySize', isGiven ? utilization(session.sessionToken) : undefined];
}

/** Percent, rounded up. */
function utilization(sessionToken: string): number {
  return Math.ceil((100 * sessionToken.length) / largestSessionToken);
}
