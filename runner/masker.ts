import { secretForms, secretLines } from './secret-forms.js';

/** Hides the secrets of one job in text. */
export interface Masker {
  /** Hides a value, each of its lines, and their encoded forms from now on. */
  readonly add: (value: string) => void;
  readonly mask: (text: string) => string;
}

interface Range {
  start: number;
  end: number;
}

/** A masker without secrets. */
export function createMasker(): Masker {
  const forms = new Set<string>();
  return {
    add(value) {
      for (const secret of [value, ...secretLines(value)]) {
        for (const form of secretForms(secret)) {
          forms.add(form);
        }
      }
    },
    mask: (text) => replaceRanges(text, joined(occurrences(text, forms))),
  };
}

function occurrences(text: string, forms: Iterable<string>): Range[] {
  const ranges: Range[] = [];
  for (const form of forms) {
    for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + 1)) {
      ranges.push({ start, end: start + form.length });
    }
  }
  return ranges.sort((left, right) => left.start - right.start);
}

// As in the runner, adjacent ranges become one `***`, which hides how many secrets there were.
function joined(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const range of ranges) {
    const last = result.at(-1);
    if (last !== undefined && range.start <= last.end) {
      last.end = Math.max(last.end, range.end);
    } else {
      result.push({ ...range });
    }
  }
  return result;
}

function replaceRanges(text: string, ranges: readonly Range[]): string {
  let result = '';
  let position = 0;
  for (const { start, end } of ranges) {
    result += `${text.slice(position, start)}***`;
    position = end;
  }
  return result + text.slice(position);
}
