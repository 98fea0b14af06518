import { linesIn } from './sections.js';

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

/** A flag whose value is a secret. */
const secretFlag = /^-{1,2}[\w-]*(?:secret|token|pass|key|cred|auth)[\w-]*$/i;

/** Words of a command that are no secret, however they look. */
const plainWord = /^(?:-{1,2}[\w-]*|(?:\.{0,2}|~)\/.*|[A-Za-z]:\\.*|[a-z]{2}(?:-[a-z]+)+-\d|arn:.*|\d*)$/;

/** A word that is long and mixed enough to be made up by a machine; another one may be a word of any message. */
const madeUp = /^(?=.*\d)(?=.*[A-Za-z]).{8,}$|^(?=.*[a-z])(?=.*[A-Z]).{12,}$/;

/** AWS's own keys are no shorter; an emulator's may be, and be words of any message. */
const leastKeyLength = 16;

/**
 * Every value in a text of AWS's files that gives access, in each form in which tools read it: with and without quotes and
 * a comment behind it, each line of one that goes on, and the arguments of a `credential_process`.
 */
export function secretValues(text: string): readonly string[] {
  const found: string[] = [];
  let key = '';
  for (const line of linesIn(text)) {
    const [, name, value] = entry.exec(line.text) ?? [];
    const isNew = name !== undefined && (!/^\s/.test(line.text) || secretKeys.has(name.toLowerCase()));
    key = isNew ? name.toLowerCase() : /^\s/.test(line.text) ? key : '';
    if (secretKeys.has(key)) {
      found.push(...formsOf((isNew ? value : line.text.trim()) ?? '', key === 'credential_process'));
    }
  }
  return [...new Set(found)].filter((value) => value !== '');
}

/** Those of them that cannot be a word of a message: to be taken out of what is shown, where nothing was masked. */
export function longSecretValues(text: string): readonly string[] {
  return secretValues(text).filter(({ length }) => length >= leastKeyLength);
}

function formsOf(value: string, isCommand: boolean): readonly string[] {
  const written = value.trim();
  const uncommented = written.replace(/\s[#;].*$/, '').trim();
  return isCommand ? argumentsOf(uncommented) : [written, uncommented, ...[written, uncommented].map(unquoted)];
}

function unquoted(text: string): string {
  return /^(["']).*\1$/s.test(text) ? text.slice(1, -1) : text;
}

function argumentsOf(command: string): readonly string[] {
  const given = [...command.matchAll(words)].map(([, double, single, bare = '']) => double ?? single ?? bare);
  return given.flatMap((word, index) => {
    const [, flag = given[index - 1] ?? '', assigned] = /^(-{1,2}[\w-]+)=(.+)$/.exec(word) ?? [];
    const argument = assigned ?? word;
    const isSecret = (secretFlag.test(flag) && !argument.startsWith('-')) || madeUp.test(argument);
    return isSecret && !plainWord.test(argument) ? [argument] : [];
  });
}
