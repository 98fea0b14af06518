/** Commands that a runner carries out, in both notations. */
export const commands = [
  '::error title=evil::obeyed',
  '::save-state name=clean-up::{"variables":[]}',
  '::stop-commands::nobody-knows',
  '::add-mask::a',
  '##[save-state name=clean-up]obeyed',
  '##[stop-commands]nobody-knows',
] as const;

/** Line ends for some reader: GitHub's runner accepts CR, LF and both; terminals and other programs accept more. */
const ends = ['\r', '\v', '\f', '\u0085', '\u2028', '\u2029', '\0', '\x1b[2K\x1b[G', '\b', '\r\n', '\n'] as const;

/** Whitespace that .NET trims, and invisible characters. */
const blanks = [
  '',
  ' ',
  '\t',
  '\u00a0',
  '\u1680',
  '\u2003',
  '\u202f',
  '\u205f',
  '\u3000',
  '\ufeff',
  '\u200b',
  '\u180e',
  '\x1c',
  '\x1f',
] as const;

const name = (text: string) =>
  JSON.stringify(text).replace(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Texts that contain a command: after each line end and each kind of whitespace. */
export const hostileTexts: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...ends.map((end, index) => `${end}${commands[index % commands.length]}`),
    ...blanks.map((blank, index) => `\r${blank}${commands[index % commands.length]}`),
    ...ends.map((end) => `x${end}${end}\u0085 \u2028${commands[1]}`),
    `${commands[4]}`,
    `#\u200b#[save-state name=clean-up]x`,
    '###[error]x',
  ].map((text) => [name(text), text]),
);
