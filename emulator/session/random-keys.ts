import { randomBytes, randomInt } from 'node:crypto';

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const secretAlphabet = `${alphanumeric}+/`;

function pick(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}

/** An IAM unique ID: a prefix such as `ASIA`, `AROA` or `AIDA`, then `length` characters of `A-Z2-7`. */
export function randomId(prefix: string, length: number): string {
  return prefix + pick(idAlphabet, length);
}

/** A secret key of 40 characters: letters and digits only, with at least one `+` or `/`, or any. */
export function randomSecret(kind: 'alphanumeric' | 'special' | 'any'): string {
  if (kind === 'alphanumeric') {
    return pick(alphanumeric, 40);
  }
  const secret = pick(secretAlphabet, 40);
  return kind === 'any' || /[+/]/.test(secret) ? secret : `${secret.slice(0, 20)}/${secret.slice(21)}`;
}

/** A session token: opaque text of base64 characters, `size` bytes. */
export function randomToken(size: number): string {
  return `IQoJb3JpZ2luX2Vj${randomBytes(size).toString('base64')}`.slice(0, size);
}
