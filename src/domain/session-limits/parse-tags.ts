import type { Place } from '../input/place.js';
import { emptyItemFix } from '../input/problem.js';
import { quote } from '../input/quote.js';
import { isNull, type ValueNode } from '../input/value-node.js';
import type { Tag } from './tags.js';

/** Reads tags from a map of strings, numbers and booleans; a number is sent as written. */
export function parseTags(tags: ValueNode, place: Place): readonly Tag[] {
  if (tags.kind !== 'map') {
    const isJson = tags.kind === 'scalar' && /^\s*\{/.test(tags.text);
    place.report(
      isJson ? 'the tags are JSON inside a JSON string' : 'the tags are not a map',
      isJson
        ? 'Remove toJSON() around them, or the outer quotes and backslashes'
        : 'Write { Team: platform } in YAML, {"Team":"platform"} in JSON',
    );
    return [];
  }
  return [...tags.entries].flatMap(([key, value]) => {
    const isEmpty = value.kind === 'scalar' && value.isBare && value.text === '';
    if (value.kind === 'scalar' && !isNull(value) && !isEmpty) {
      return [{ key, value: value.text }];
    }
    const isUnset = value.kind === 'scalar';
    place
      .at(key, value)
      .report(
        `the value of ${quote(key)} is ${isEmpty ? 'empty' : isUnset ? 'null' : `a ${value.kind}`}, not a string, number or boolean`,
        isUnset ? `Write a value, '' for an empty one, or remove the key. ${emptyItemFix}` : 'Write one value per key',
      );
    return [];
  });
}
