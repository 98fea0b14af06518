import { RefreshStopped } from './refresh-stopped.js';

/** What a tool asks the credential-process entry point for: the keys of the environment, or those of a refresh plan. */
export type EntryRequest = { readonly kind: 'environment' } | { readonly kind: 'plan'; readonly path: string };

/**
 * Encodes a path as one word of a command in an AWS file: blanks, quotes, `#`, `%` and non-ASCII are percent-encoded,
 * so that no shell and no AWS file parser splits or interprets it.
 */
export function encodePath(path: string): string {
  return path.replace(/[^\w@+=:,./\\-]+/g, (part) => [...Buffer.from(part)].map(percent).join(''));
}

/** Parses the arguments of the entry point; throws `RefreshStopped` if they are not those that the step writes. */
export function readEntryArguments(words: readonly string[]): EntryRequest {
  const [flag, path] = words;
  if (flag === '--environment' && words.length === 1) {
    return { kind: 'environment' };
  }
  if (flag !== '--plan' || words.length !== 2 || !path) {
    throw new RefreshStopped(
      `This program is called by AWS tools, with --environment or with --plan and a file, and not with ${words.length === 0 ? 'nothing' : JSON.stringify(words.join(' '))}.`,
      'Do not change the credential_process that the step wrote.',
    );
  }
  return { kind: 'plan', path: decodePath(path) };
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Decodes a path of `encodePath`; returns any other path unchanged. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
