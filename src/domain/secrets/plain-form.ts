/** A decoded text, with the offset of each of its characters in the original. */
export interface Form {
  readonly text: string;
  /** The offset in the original where the source of a character starts. */
  readonly startOf: (index: number) => number;
  /** The offset in the original after the source of a character. */
  readonly endOf: (index: number) => number;
}

/** Maximum number of times that escapes are decoded: a text may be escaped again and again. */
const mostLayers = 4;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  sol: '/',
  plus: '+',
  equals: '=',
  lowbar: '_',
  colon: ':',
  period: '.',
};

/** Matches an escape of a URL, of JSON, of XML or of Markdown. */
const escapes =
  /%([0-9A-Fa-f]{2})|\\(?:u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|[nrtbfv])?|&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|(\w{2,8}));/;

/** Pattern sources of white space and control characters, which may split a secret. */
const splitting = '[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+';
const splittingAscii = '[\\0-\\x20\\x7f]+';

/**
 * Patterns of escapes and separators, made on demand: Unicode classes take Node half a millisecond, and few texts need
 * them.
 */
const tokens: { ascii?: RegExp; any?: RegExp } = {};

function tokenIn(text: string): RegExp {
  if (beyondAscii.test(text)) {
    tokens.any ??= new RegExp(`${escapes.source}|${splitting}`, 'gu');
    return tokens.any;
  }
  tokens.ascii ??= new RegExp(`${escapes.source}|${splittingAscii}`, 'g');
  return tokens.ascii;
}

const beyondAscii = /[^\0-\x7f→…]/;

/** Decodes all escapes of a text and removes white space, so that a secret has one form, however it is written. */
export function plainForm(text: string): Form {
  let form: Form = { text, startOf: (index) => index, endOf: (index) => index + 1 };
  for (let layer = 0; layer < mostLayers; layer += 1) {
    const before = form.text;
    form = withoutEscapes(form);
    if (form.text === before) {
      break;
    }
  }
  return form;
}

/** Decodes a plain form as base64, starting at offset 0, 1, 2 or 3. Characters that are not base64 count as zeros. */
export function decodedBase64({ text, startOf, endOf }: Form, from: number): Form {
  const whole = text.length - ((text.length - from) % 4);
  const bytes = Buffer.from(text.slice(from, whole).replace(/[^\w+/-]/g, 'A'), 'base64');
  const sourceOf = (index: number) => from + Math.floor(index / 3) * 4 + (index % 3);
  return {
    text: bytes.toString('latin1'),
    startOf: (index) => startOf(sourceOf(index)),
    endOf: (index) => endOf(sourceOf(index) + 1),
  };
}

/** A part of the decoded text: a copy of the original, or the character of an escape. */
interface Piece {
  /** Its offset in the decoded text. */
  readonly at: number;
  /** The offset of its source in the original. */
  readonly from: number;
  /** The end of an escape in the original; undefined for a copy. */
  readonly to?: number;
}

function withoutEscapes(form: Form): Form {
  const { text } = form;
  const [parts, pieces]: [string[], Piece[]] = [[], []];
  let length = 0;
  const put = (part: string, from: number, to?: number) => {
    if (part !== '') {
      pieces.push({ at: length, from, ...(to !== undefined && { to }) });
      parts.push(part);
      length += part.length;
    }
  };
  let position = 0;
  for (const match of text.matchAll(tokenIn(text))) {
    const end = match.index + match[0].length;
    put(text.slice(position, match.index), position);
    put(meaningOf(match), match.index, end);
    position = end;
  }
  put(text.slice(position), position);
  return {
    text: parts.join(''),
    startOf: (index) => {
      const { at, from, to } = pieceAt(pieces, index);
      return form.startOf(to === undefined ? from + index - at : from);
    },
    endOf: (index) => {
      const { at, from, to } = pieceAt(pieces, index);
      return form.endOf(to === undefined ? from + index - at : to - 1);
    },
  };
}

function pieceAt(pieces: readonly Piece[], index: number): Piece {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pieces[middle]?.at ?? 0) <= index) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return pieces[low] ?? { at: 0, from: 0 };
}

/** The decoded character of an escape; empty for a separator. Escaped bytes beyond ASCII stay escaped. */
function meaningOf([whole, percent, unit, point, hex, decimal, hexadecimal, entity]: RegExpMatchArray): string {
  if (percent !== undefined) {
    const code = Number.parseInt(percent, 16);
    return code < 0x80 ? String.fromCharCode(code) : whole.toUpperCase();
  }
  const digits = unit ?? point ?? hex ?? hexadecimal;
  if (digits !== undefined || decimal !== undefined) {
    const code = digits === undefined ? Number(decimal) : Number.parseInt(digits, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  }
  return entity === undefined ? '' : (entities[entity] ?? whole);
}
