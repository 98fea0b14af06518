import { createHmac, timingSafeEqual } from 'node:crypto';

/** The HMAC-SHA-256 of a text. */
export function hmac(text: string, key: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** The proof in hex that the holder of a key wrote a text. */
export function proofOf(text: string, key: string | Uint8Array): string {
  return hmac(text, key).toString('hex');
}

/** Whether a given proof is the expected one, in constant time. */
export function isSameProof(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
