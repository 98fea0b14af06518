import { createHmac, timingSafeEqual } from 'node:crypto';

/** The HMAC-SHA-256 of a text, as bytes. */
export function hmac(text: string, key: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** The HMAC-SHA-256 of a text in hex: the proof that a holder of the key wrote the text. */
export function proofOf(text: string, key: string | Uint8Array): string {
  return hmac(text, key).toString('hex');
}

/** Whether two proofs are equal; compares them in constant time. */
export function isSameProof(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
