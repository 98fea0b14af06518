import { linesIn } from './sections.js';

/** The keys of AWS files whose value is a part of credentials; the AWS CLI and boto3 read the older last one too. */
export const credentialKeys = [
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'aws_security_token',
] as const;

/** The keys of AWS files whose value may be or contain a secret. */
export const secretKeys: ReadonlySet<string> = new Set([...credentialKeys, 'credential_process']);

/** Matches `key = value` as any AWS tool reads it, also commented out. */
const entry = /^\s*(?:[#;]+\s*)?([\w.-]+)\s*[=:]\s*(.*)$/;
const words = /"([^"]*)"|'([^']*)'|(\S+)/g;

/** Matches a command flag whose value is secret. */
const secretFlag = /^-{1,2}[\w-]*(?:secret|token|pass|key|cred|auth)[\w-]*$/i;

/** Matches words of a command that are no secrets: flags, paths, Regions, ARNs and numbers. */
const plainWord = /^(?:-{1,2}[\w-]*|(?:\.{0,2}|~)\/.*|[A-Za-z]:\\.*|[a-z]{2}(?:-[a-z]+)+-\d|arn:.*|\d*)$/;

/** Matches a word that looks random; other words may be ordinary text. */
const looksRandom = /^(?=.*\d)(?=.*[A-Za-z]).{8,}$|^(?=.*[a-z])(?=.*[A-Z]).{12,}$/;

/** Minimum length of AWS's keys; an emulator's keys may be shorter, and ordinary words. */
const leastKeyLength = 16;

/**
 * Every secret value in an AWS file, in each form that tools read: with and without quotes and trailing comment, each
 * line of a continued value, and the arguments of a `credential_process`.
 */
export function secretValues(text: string): readonly string[] {
  const values: string[] = [];
  let key = '';
  for (const line of linesIn(text)) {
    const [, name, value] = entry.exec(line.text) ?? [];
    const isNew = name !== undefined && (!/^\s/.test(line.text) || secretKeys.has(name.toLowerCase()));
    key = isNew ? name.toLowerCase() : /^\s/.test(line.text) ? key : '';
    if (secretKeys.has(key)) {
      values.push(...formsOf((isNew ? value : line.text.trim()) ?? '', key === 'credential_process'));
    }
  }
  return [...new Set(values)].filter((value) => value !== '');
}

/** The secret values that are too long for ordinary words, to remove them from output that the runner does not mask. */
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
    const isSecret = (secretFlag.test(flag) && !argument.startsWith('-')) || looksRandom.test(argument);
    return isSecret && !plainWord.test(argument) ? [argument] : [];
  });
}
