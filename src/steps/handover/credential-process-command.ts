import { dirname, join, resolve } from 'node:path';
import { encodePath } from '../../domain/refresh/entry-arguments.js';

/**
 * The `credential_process` command: for the keys in the environment of the tool, or for the
 * session of a plan.
 */
export function credentialProcessCommand(words: readonly ['--environment'] | readonly ['--plan', string]): string {
  const [flag, path] = words;
  return [process.execPath, entryPoint(), flag, ...(path === undefined ? [] : [encodePath(path)])]
    .map(quoted)
    .join(' ');
}

/** A path of that command that an AWS file cannot contain; undefined if all can be written. */
export function unwritablePath(): string | undefined {
  return [process.execPath, entryPoint()].find((path) => /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|\s[#;]/u.test(path));
}

/** Main is `dist/main/index.js`, and the credential-process entry point is in a sibling folder. */
function entryPoint(): string {
  return join(dirname(resolve(process.argv[1] ?? '')), '..', 'credential-process', 'index.js');
}

/** Quoted for both a shell and the AWS CLI's word splitter. */
function quoted(word: string): string {
  const plain = process.platform === 'win32' ? /^[\w@%+=:,./\\-]+$/ : /^[\w@%+=:,./-]+$/;
  if (plain.test(word)) {
    return word;
  }
  return process.platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", `'\\''`)}'`;
}
