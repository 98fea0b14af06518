import { createHash } from 'node:crypto';

/** The SHA-256 of a text in hex: recognizes what was written without holding it. */
export function fingerprintOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
