import { createHash } from 'node:crypto';

/** The SHA-256 of a text in hex, to recognize a value without storing it. */
export function fingerprintOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
