import { dirname, join, resolve } from 'node:path';
import { encodePath } from '../../domain/refresh/entry-arguments.js';

/**
 * Returns the `credential_process` command that gives a tool the keys in its environment, or the session of a refresh
 * plan.
 */
export function credentialProcessCommand(words: readonly ['--environment'] | readonly ['--plan', string]): string {
  const [flag, path] = words;
  return [process.execPath, entryPoint(), flag, ...(path === undefined ? [] : [encodePath(path)])]
    .map(quoted)
    .join(' ');
}

/** Returns a path in the `credential_process` command that an AWS file cannot contain; undefined if there is none. */
export function unwritablePath(): string | undefined {
  return [process.execPath, entryPoint()].find((path) => /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|\s[#;]/u.test(path));
}

/** The path of the credential-process entry point, in a folder beside that of the main one, `dist/main/index.js`. */
function entryPoint(): string {
  return join(dirname(resolve(process.argv[1] ?? '')), '..', 'credential-process', 'index.js');
}

/** Quotes a word of a command so that a shell and the AWS CLI, which splits words itself, read it unchanged. */
function quoted(word: string): string {
  const plain = process.platform === 'win32' ? /^[\w@%+=:,./\\-]+$/ : /^[\w@%+=:,./-]+$/;
  if (plain.test(word)) {
    return word;
  }
  return process.platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", `'\\''`)}'`;
}
