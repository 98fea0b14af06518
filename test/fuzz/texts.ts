import { deploy, hub } from '../support/example-world.js';
import { hostileTexts } from '../support/hostile-texts.js';
import type { Random } from './random.js';

/** Words with a meaning in some grammar. */
const words = [
  '',
  ' ',
  '\t',
  '\n',
  '\r\n',
  ',',
  ',,',
  ':',
  '::',
  '-',
  '--',
  '*',
  '!',
  '&a',
  '*a',
  '<<: *a',
  '%',
  '%0A',
  '%25',
  '%zz',
  '#',
  ' #',
  ';',
  '[',
  ']',
  '[]',
  '{',
  '}',
  '{}',
  '[[',
  '"',
  "'",
  '`',
  '\\',
  '|',
  '>',
  '~',
  'null',
  'true',
  'no',
  '0',
  '-1',
  '1e9',
  '0x10',
  '012345678912',
  '9007199254740993',
  '1.10',
  '3600',
  '43201',
  '1h',
  '1h30m',
  'max',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../..',
  '/dev/null',
  '~/.aws',
  '$(id)',
  '$\u007bHOME}',
  '$\u007b{ github.token }}',
  '<script>',
  '<!-- ',
  '-->',
  '![x](y)',
  '|a|b|',
  '&#13;',
  '&amp;',
  '\ufeff',
  '\u202e',
  '\u0000',
  '\ud800',
  '🙂',
  'é',
  '_',
  'arn:',
  'arn:aws:iam::',
  'role/',
  'arn:aws:iam::111111111111:root',
  'arn:aws-cn:iam::111111111111:role/x',
  'arn:aws:sts::111111111111:assumed-role/x/y',
  hub,
  deploy,
  `${hub},${deploy}`,
  `- ${hub}`,
  `- role-to-assume: ${hub}`,
  'role-external-id: x',
  'custom-tags: {a: b}',
  '? a',
  '!!js/function x',
  '--- \n',
  '...\n',
] as const;

/** A random text: special words, hostile texts, any characters, or very long. */
export function strangeText(random: Random): string {
  const kind = random.below(10);
  if (kind < 4) {
    return Array.from({ length: 1 + random.below(6) }, () => random.one(words)).join('');
  }
  if (kind < 7) {
    return `${random.one(['', 'x', hub])}${random.one(Object.values(hostileTexts))}`;
  }
  if (kind < 9) {
    return String.fromCodePoint(...Array.from({ length: 1 + random.below(40) }, () => random.below(0x3000)));
  }
  return random
    .one(words)
    .repeat(1 + random.below(20_000))
    .slice(0, 100_000);
}

/** A text with a few random changes: parts removed, doubled, swapped, or strange text inserted. */
export function changed(text: string, random: Random): string {
  let result = text;
  for (let times = 1 + random.below(3); times > 0; times -= 1) {
    const start = random.below(result.length + 1);
    const end = Math.min(result.length, start + 1 + random.below(8));
    const part = result.slice(start, end);
    const put = random.one([
      '',
      part + part,
      random.one(words),
      strangeText(random),
      part.toUpperCase(),
      [...part].reverse().join(''),
    ]);
    result = result.slice(0, start) + put + result.slice(end);
  }
  return result;
}

/** Removes the characters that an environment variable cannot contain. */
export function asVariable(text: string): string {
  return text.replaceAll('\0', '');
}
