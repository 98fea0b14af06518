import type { Place } from './place.js';
import { quote } from './quote.js';

const booleans: Readonly<Record<string, boolean>> = {
  true: true,
  True: true,
  TRUE: true,
  false: false,
  False: false,
  FALSE: false,
};

/** Reads a YAML 1.2 boolean; undefined if the text is empty; reports a problem for anything else. */
export function parseBoolean(text: string, place: Place): boolean | undefined {
  if (text === '') {
    return undefined;
  }
  const value = Object.hasOwn(booleans, text) ? booleans[text] : undefined;
  if (value === undefined) {
    place.report(`${quote(text)} is not a boolean`, `Write one of ${Object.keys(booleans).join(', ')}`);
  }
  return value;
}

/** Reads an integer within bounds; undefined if the text is empty; reports a problem for anything else. */
export function parseInteger(
  text: string,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
  place: Place,
): number | undefined {
  if (text === '') {
    return undefined;
  }
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < minimum || value > maximum) {
    place.report(`${quote(text)} is not a whole number in range`, `Write a whole number from ${minimum} to ${maximum}`);
    return undefined;
  }
  return value;
}
