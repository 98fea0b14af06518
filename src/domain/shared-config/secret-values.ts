import { linesOf } from './sections.js';

/** Keys of AWS's files whose values give access. */
const secretKeys: ReadonlySet<string> = new Set([
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'aws_security_token',
  'credential_process',
]);

/** `key = value` as any of AWS's tools reads it, or as somebody has commented it out. */
const entry = /^\s*(?:[#;]+\s*)?([\w.-]+)\s*[=:]\s*(.*)$/;
const words = /"([^"]*)"|'([^']*)'|(\S+)/g;

/** A word of a command that cannot be a secret: a flag, a path, a Region, an ARN, a short word. */
const plainWord = /^(?:-{1,2}[\w-]*|(?:\.{0,2}|~)\/.*|[A-Za-z]:\\.*|[a-z]{2}-[a-z]+-\d|arn:.*|.{0,3})$/;

/**
 * Every value in a text of AWS's files that gives access, in each form in which tools read it: with and without quotes and
 * a comment behind it, each line of one that goes on, and the arguments of a `credential_process`.
 */
export function secretValues(text: string): readonly string[] {
  const found: string[] = [];
  let key = '';
  for (const line of linesOf(text)) {
    const [, name, value] = entry.exec(line.text) ?? [];
    const isNew = name !== undefined && (!/^\s/.test(line.text) || secretKeys.has(name.toLowerCase()));
    key = isNew ? name.toLowerCase() : /^\s/.test(line.text) ? key : '';
    if (secretKeys.has(key)) {
      found.push(...formsOf((isNew ? value : line.text.trim()) ?? '', key === 'credential_process'));
    }
  }
  return [...new Set(found)].filter((value) => value !== '');
}

function formsOf(value: string, isCommand: boolean): readonly string[] {
  const written = value.trim();
  const uncommented = written.replace(/\s[#;].*$/, '').trim();
  const forms = [written, uncommented, ...[written, uncommented].map(unquoted)];
  return isCommand ? [...forms, ...argumentsOf(uncommented)] : forms;
}

function unquoted(text: string): string {
  return /^(["']).*\1$/s.test(text) ? text.slice(1, -1) : text;
}

function argumentsOf(command: string): readonly string[] {
  return [...command.matchAll(words)].slice(1).flatMap(([, double, single, bare = '']) => {
    const word = double ?? single ?? bare;
    const [, assigned] = /^-{1,2}[\w-]+=(.+)$/.exec(word) ?? [];
    const argument = assigned ?? word;
    return plainWord.test(argument) ? [] : [argument];
  });
}
