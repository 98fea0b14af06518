import { type ListItem, parseList } from '../input/list.js';
import type { Place } from '../input/place.js';
import { emptyItemFix } from '../input/problem.js';
import { quote } from '../input/quote.js';
import { isNull, type ValueNode } from '../input/value-node.js';

/** The characters and lengths that AWS accepts for an option; each character must match `pattern`. */
interface TextRule {
  readonly noun: string;
  readonly pattern: RegExp;
  readonly minimum: number;
  readonly maximum: number;
  readonly characters: string;
}

const name = { pattern: /^[\w+=,.@-]*$/, minimum: 2, maximum: 64, characters: 'letters, digits and _+=,.@-' };

/** The options whose text AWS restricts. */
export const textRules = {
  'role-session-name': { ...name, noun: 'session name' },
  'role-external-id': {
    noun: 'external ID',
    pattern: /^[\w+=,.@:/-]*$/,
    minimum: 2,
    maximum: 1224,
    characters: 'letters, digits and _+=,.@:/-',
  },
  // Since November 2026, STS accepts source identities that are longer than session names.
  'source-identity': { ...name, noun: 'source identity', maximum: 256 },
} as const satisfies Readonly<Record<string, TextRule>>;

/** The text of a non-empty scalar; reports a problem and returns undefined otherwise. */
export function singleText(value: ValueNode, place: Place): string | undefined {
  if (value.kind !== 'scalar') {
    place.report('a single value is expected here, not a list or map', 'Write one value after the colon');
    return undefined;
  }
  if (value.text.trim() === '' || isNull(value)) {
    place.report(isNull(value) ? 'the value is null' : 'the value is empty', emptyItemFix);
    return undefined;
  }
  return value.text;
}

/** Reads a list that is written as text or as YAML; reports an empty list and empty items. */
export function readList(value: ValueNode, place: Place): readonly ListItem[] {
  const isEmpty =
    value.kind === 'scalar' ? value.text.trim() === '' : value.kind === 'list' && value.items.length === 0;
  if (isEmpty) {
    place.report('the list is empty', `Fill it in, or remove it if you do not need it. ${emptyItemFix}`);
    return [];
  }
  if (value.kind === 'scalar') {
    return parseList(value.text, place);
  }
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item, index) => {
    const here = place.at(`item ${index + 1}`, item);
    if (item.kind !== 'scalar') {
      here.report('the item is itself a list or map', 'Write one value per item');
      return [];
    }
    if (item.text.trim() === '' || isNull(item)) {
      here.report('the item is empty', emptyItemFix);
      return [];
    }
    return [{ text: item.text, place: here, followsComma: false }];
  });
}

/** Returns the text of an option unchanged; reports a problem if it breaks AWS's rule. */
export function checkedText(
  text: string,
  { noun, pattern, minimum, maximum, characters }: TextRule,
  place: Place,
): string {
  const character = [...text].find((each) => !pattern.test(each));
  const fits = text.length >= minimum && text.length <= maximum;
  if (character !== undefined || !fits) {
    const fault = fits
      ? `contains ${quote(character ?? '')}`
      : `has ${text.length} ${text.length === 1 ? 'character' : 'characters'}`;
    const legal = [...text].map((each) => (pattern.test(each) ? each : '-')).join('');
    const example = fits ? `, for example ${legal}` : '';
    const article = /^e/.test(noun) ? 'An' : 'A';
    place.report(
      `the ${noun} ${quote(text)} ${fault}`,
      `${article} ${noun} has ${minimum} to ${maximum} characters: ${characters}${example}`,
    );
  }
  return text;
}
