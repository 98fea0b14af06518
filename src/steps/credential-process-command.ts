import { dirname, join, resolve } from 'node:path';

/** The command by which a tool asks the credential-process entry point: for the keys in its environment, or for the session of a plan. */
export function credentialProcessCommand(words: readonly ['--environment'] | readonly ['--plan', string]): string {
  // Main is `dist/main/index.js`, and the credential-process entry point lies beside its folder.
  const entry = join(dirname(resolve(process.argv[1] ?? '')), '..', 'credential-process', 'index.js');
  return [process.execPath, entry, ...words].map(quoted).join(' ');
}

/** Quoted as both a shell and the AWS CLI's own word splitter read it. */
function quoted(word: string): string {
  const plain = process.platform === 'win32' ? /^[\w@%+=:,./\\-]+$/ : /^[\w@%+=:,./-]+$/;
  if (plain.test(word)) {
    return word;
  }
  return process.platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", `'\\''`)}'`;
}
