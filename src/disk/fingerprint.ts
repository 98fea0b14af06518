import { createHash, createHmac } from 'node:crypto';

/** The SHA-256 of a text in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The HMAC-SHA-256 of a text. */
export function hmac(text: string, key: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
