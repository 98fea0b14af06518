import { join } from 'node:path';

/** The third door in `dist/`, seen from main's own folder there. */
const door = join(import.meta.dirname, '..', 'credential-process', 'index.js');

/** The command by which a tool asks this action for the keys of a session. */
export function processCommand(): string {
  return [process.execPath, door, '--environment'].map(quoted).join(' ');
}

/** Quoted as both a shell and the AWS CLI's own word splitter read it. */
function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) {
    return word;
  }
  return process.platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", `'\\''`)}'`;
}
