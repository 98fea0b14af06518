/** A way to repeat a value in an answer, and its inverse. */
interface Echo {
  readonly write: (value: string) => string;
  readonly read: (text: string) => string;
}

const same = (text: string) => text;
const percent = (value: string) => encodeURIComponent(value);
const unpercent = (text: string) =>
  text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
const lower = (text: string) => text.replace(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase());
const every = (size: number, separator: string) => (value: string) =>
  value.replace(new RegExp(`.{${size}}`, 'gs'), (part) => part + separator);
const base64 =
  (before: string, after: string, encoding: 'base64' | 'base64url' = 'base64') =>
  (value: string) =>
    Buffer.from(before + value + after).toString(encoding);
const unbase64 = (text: string) =>
  [...text.matchAll(/[\w+/-]+/g)].map(([run]) => Buffer.from(run, 'base64').toString('latin1')).join(' ');
const unescaped = (text: string) => text.replaceAll('\\', '');

/** Every encoding in which a service, a proxy or a library may repeat a secret. */
export const echoes: Readonly<Record<string, Echo>> = {
  'as it is': { write: same, read: same },
  'percent-encoded': { write: percent, read: unpercent },
  'percent-encoded in lower case': { write: (value) => lower(percent(value)), read: unpercent },
  'percent-encoded twice': { write: (value) => percent(percent(value)), read: (text) => unpercent(unpercent(text)) },
  'percent-encoded to the last letter': {
    write: (value) => value.replace(/./gs, (one) => `%${one.charCodeAt(0).toString(16)}`),
    read: unpercent,
  },
  'in base64': { write: base64('', ''), read: unbase64 },
  'in base64, one byte in': { write: base64('u', 'after it'), read: unbase64 },
  'in base64, two bytes in': { write: base64('us', '.'), read: unbase64 },
  'in base64 of a header': { write: base64('user:', ''), read: unbase64 },
  'in base64 for URLs': { write: base64('a', 'b', 'base64url'), read: unbase64 },
  'in percent-encoded base64': {
    write: (value) => percent(base64('', '')(value)),
    read: (text) => unbase64(unpercent(text)),
  },
  'as JSON with escaped slashes': { write: (value) => JSON.stringify(value).replaceAll('/', '\\/'), read: unescaped },
  'as JSON with code units': {
    write: (value) => value.replace(/[^\w]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
    read: same,
  },
  'as JSON in JSON': { write: (value) => JSON.stringify(JSON.stringify(value)), read: unescaped },
  'as XML': {
    write: (value) =>
      value.replaceAll('&', '&amp;').replaceAll('/', '&#47;').replaceAll('+', '&#x2B;').replaceAll('=', '&#061;'),
    read: same,
  },
  'as Markdown': { write: (value) => value.replace(/[^\w]|_/g, '\\$&'), read: unescaped },
  'with blanks': { write: every(5, ' '), read: same },
  'over lines': { write: every(9, '\r\n'), read: same },
  'over folded lines': { write: every(12, '\n\t'), read: same },
  'over lines of JSON': { write: every(7, '\\n'), read: (text) => text.replaceAll('\\n', '') },
  'with invisible characters': { write: every(3, '\u200b'), read: (text) => text.replaceAll('\u200b', '') },
  'with terminal controls': { write: every(6, '\u0085\u001b'), read: (text) => text.replace(/\p{Cc}/gu, '') },
  'in the middle of words': { write: (value) => `before${value}after`, read: same },
};
