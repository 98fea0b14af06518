import { createHmac } from 'node:crypto';

/** The HMAC-SHA-256 of a text. */
export function hmac(text: string, key: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
