import { RefreshStopped } from './refresh-stopped.js';

/** What a tool asks the credential-process entry point for. */
export type EntryRequest = { readonly kind: 'environment' } | { readonly kind: 'plan'; readonly path: string };

/**
 * A path as a word of a command in an AWS file: blanks, quotes, `#`, `%` and what is not ASCII are percent-encoded, so
 * that no shell and no reader of AWS files sees more in it than a word.
 */
export function encodePath(path: string): string {
  return path.replace(/[^\w@+=:,./\\-]+/g, (part) => [...Buffer.from(part)].map(percent).join(''));
}

/** Reads the words after the entry point; throws `RefreshStopped` where they are not ones that this project writes. */
export function readEntryWords(words: readonly string[]): EntryRequest {
  const [flag, path] = words;
  if (flag === '--environment' && words.length === 1) {
    return { kind: 'environment' };
  }
  if (flag !== '--plan' || words.length !== 2 || !path) {
    throw new RefreshStopped(
      `This program is called by AWS tools, with --environment or with --plan and a file, and not with ${words.length === 0 ? 'nothing' : JSON.stringify(words.join(' '))}.`,
      'Leave the credential_process of the profile as the step wrote it.',
    );
  }
  return { kind: 'plan', path: decodePath(path) };
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** A path that was not written by `encodePath` is taken as it is. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
