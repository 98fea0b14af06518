/** A text, and for each of its characters where it came from in another one. */
export interface Form {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Escapes nested deeper than this stay as they are. */
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

/** What an escape of a URL, of JSON, of XML or of Markdown begins with, and what splits a text without being part of it. */
const token =
  /%([0-9A-Fa-f]{2})|\\(?:u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|[nrtbfv])?|&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|(\w{2,8}));|[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** A text without its escapes, blanks and line breaks: two texts that say the same in other writings have one plain form. */
export function plainForm(text: string): Form {
  let form = formOf(text);
  for (let layer = 0; layer < mostLayers; layer += 1) {
    const before = form.text;
    form = withoutEscapes(form);
    if (form.text === before) {
      break;
    }
  }
  return form;
}

/** A text as it is. */
export function formOf(text: string): Form {
  const starts = Array.from({ length: text.length }, (_, index) => index);
  return { text, starts, ends: starts.map((start) => start + 1) };
}

/** The bytes of the base64 in a form, read from one of four places on. Other characters read as zeros. */
export function decodedBase64({ text, starts, ends }: Form, from: number): Form {
  const whole = text.length - ((text.length - from) % 4);
  const bytes = Buffer.from(text.slice(from, whole).replace(/[^\w+/-]/g, 'A'), 'base64');
  const sources = Array.from({ length: bytes.length }, (_, index) => from + Math.floor(index / 3) * 4 + (index % 3));
  return {
    text: bytes.toString('latin1'),
    starts: sources.map((source) => starts[source] ?? 0),
    ends: sources.map((source) => ends[source + 1] ?? 0),
  };
}

function withoutEscapes({ text, starts, ends }: Form): Form {
  const parts: string[] = [];
  const [newStarts, newEnds]: [number[], number[]] = [[], []];
  const copy = (from: number, to: number) => {
    parts.push(text.slice(from, to));
    for (let index = from; index < to; index += 1) {
      newStarts.push(starts[index] ?? 0);
      newEnds.push(ends[index] ?? 0);
    }
  };
  let position = 0;
  for (const match of text.matchAll(token)) {
    const end = match.index + match[0].length;
    copy(position, match.index);
    const meant = meaningOf(match);
    parts.push(meant);
    for (let index = 0; index < meant.length; index += 1) {
      newStarts.push(starts[match.index] ?? 0);
      newEnds.push(ends[end - 1] ?? 0);
    }
    position = end;
  }
  copy(position, text.length);
  return { text: parts.join(''), starts: newStarts, ends: newEnds };
}

/** The character that an escape stands for; nothing where it only splits a text. Bytes beyond ASCII stay escaped. */
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
