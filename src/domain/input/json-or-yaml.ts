import { parseJson } from './json.js';
import type { Place } from './place.js';
import type { ValueNode } from './value-node.js';

/**
 * Reads `inline-session-policy` or `custom-tags`, which may be JSON in a text, or a YAML map. Reports a problem and
 * returns undefined if a text is not JSON.
 */
export function parseJsonOrYaml(node: ValueNode, place: Place): ValueNode | undefined {
  return node.kind === 'scalar' ? parseJson(node, place) : node;
}
