import type { Place } from '../input/place.js';
import { quote } from '../input/quote.js';
import { isNull, type ValueNode } from '../input/value-node.js';
import type { Tag } from './tags.js';

/** Reads tags from a map of strings, numbers and booleans; a number is sent as written. */
export function parseTags(tags: ValueNode, place: Place): readonly Tag[] {
  if (tags.kind !== 'map') {
    place.report('the tags are not a map', 'Write { Team: platform } in YAML, {"Team":"platform"} in JSON');
    return [];
  }
  return [...tags.entries].flatMap(([key, value]) => {
    if (value.kind === 'scalar' && !isNull(value)) {
      return [{ key, value: value.text }];
    }
    const what = `the value of ${quote(key)} is not a string, number or boolean`;
    place.at(key, value).report(what, 'Write one value per key');
    return [];
  });
}
