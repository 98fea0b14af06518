import { trim } from './dotnet-text.js';

type Encoder = (value: string) => string;

const encoders: readonly Encoder[] = [
  (value) => base64From(value, 0),
  (value) => base64From(value, 1),
  (value) => base64From(value, 2),
  (value) => value.replaceAll('"', '\\"'),
  (value) => value.replaceAll("'", "''"),
  (value) => JSON.stringify(value).slice(1, -1),
  uriEscaped,
  xmlEscaped,
  (value) => (value.length > 8 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : ''),
  beforeAmpersand,
  afterAmpersand,
];

/**
 * Every form of a secret that the runner hides: the value, its base64 in three shifts, and its shell, expression, JSON,
 * URI, XML and PowerShell forms. Like the runner's, the base64 forms keep their padding, so they match a secret at the
 * end of the encoded text, not in its middle.
 */
export function secretForms(value: string): readonly string[] {
  const forms = [value, ...encoders.map((encode) => encode(value))];
  return [...new Set(forms)].filter((form) => form !== '');
}

/** The trimmed, non-empty lines of a secret. A log is masked line by line, so each line must be hidden on its own. */
export function secretLines(value: string): readonly string[] {
  return value
    .split(/[\r\n]+/)
    .map(trim)
    .filter((line) => line !== '');
}

function base64From(value: string, shift: number): string {
  const bytes = Buffer.from(value, 'utf8');
  return bytes.subarray(bytes.length > shift ? shift : 0).toString('base64');
}

function uriEscaped(value: string): string {
  const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(value).replace(/[!'()*]/g, percent);
}

function xmlEscaped(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

// PowerShell colours the text after an ampersand in its error messages, which splits a secret in two.
function beforeAmpersand(value: string): string {
  const coloured = value.indexOf('&+');
  const end = coloured >= 0 ? coloured + 2 : value.lastIndexOf('&') + 1;
  return end >= 6 ? value.slice(0, end) : '';
}

function afterAmpersand(value: string): string {
  const coloured = value.indexOf('&+');
  const last = value.lastIndexOf('&');
  if (last < 0) {
    return '';
  }
  const part = value.slice(coloured >= 0 ? coloured + 3 : last + 1);
  return part.length >= 6 ? part : '';
}
