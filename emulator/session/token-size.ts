import { largestSessionToken, packedPolicyTooLarge } from '../wire/aws-error.js';
import type { Parameters } from '../wire/parameters.js';
import { emptyTokenSize, type SessionTag } from './sessions.js';

/** The bytes that a tag adds besides its key and value. */
const tagOverhead = 4;

/** The parts of a session that make its token larger. */
interface TokenContent {
  readonly tags: readonly SessionTag[];
  readonly sourceIdentity: string | undefined;
}

/**
 * The size in bytes of the session token of a call. Throws PackedPolicyTooLarge above AWS's maximum. AWS does not
 * publish its packing; here the size is that of an empty token, the inline policy without insignificant whitespace, the
 * ARNs of managed policies, the keys and values of all tags with 4 bytes each, and the source identity, in UTF-8.
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
