import type { MatrixValues } from '../chain/target.js';
import type { Place } from '../input/place.js';
import { emptyItemFix } from '../input/problem.js';
import { quote } from '../input/quote.js';
import { isNull, type ScalarNode, type ValueNode } from '../input/value-node.js';

/** The keys that the step itself sets in each entry of the job matrix. */
export const ownMatrixNames = ['target', 'accountId', 'roleArn', 'region'] as const;

/** Reads `matrix`: a flat map of strings, numbers and booleans. */
export function parseMatrix(node: ValueNode, place: Place): MatrixValues {
  if (node.kind !== 'map') {
    place.report('matrix is not a map', 'Write names and values, as in matrix: { environment: production }');
    return {};
  }
  const values = [...node.entries].flatMap(([name, value]): [string, string | number | boolean][] => {
    const here = place.at(name, value);
    // GitHub treats matrix.Target and matrix.target as equal.
    const own = ownMatrixNames.find((each) => each.toLowerCase() === name.toLowerCase());
    if (own !== undefined) {
      here.on(node.keys.get(name)).report(`the step itself sets ${own} in each entry`, 'Choose another name');
      return [];
    }
    if (value.kind !== 'scalar') {
      here.report(`${quote(name)} is a list or map`, 'Write one string, number or boolean: a matrix entry is flat');
      return [];
    }
    if (isNull(value) || (value.isBare && value.text === '')) {
      here.report(`${quote(name)} has no value`, `Write one, or '' for an empty text. ${emptyItemFix}`);
      return [];
    }
    return [[name, matrixValue(value)]];
  });
  return Object.fromEntries(values);
}

/** Converts an unquoted value to a boolean or, if JSON prints it as written, to a number; so 1.10 is a string. */
function matrixValue({ text, isBare }: ScalarNode): string | number | boolean {
  if (isBare && (text === 'true' || text === 'false')) {
    return text === 'true';
  }
  return isBare && text !== '' && JSON.stringify(Number(text)) === text ? Number(text) : text;
}
