import { parseJson } from './json.js';
import type { Place } from './place.js';
import type { ValueNode } from './value-node.js';

/**
 * Reads `inline-session-policy` and `custom-tags`: a text is JSON, and any other value is the YAML that it stands in.
 * Reports a problem and returns undefined if the text is not JSON.
 */
export function parseJsonOrYaml(node: ValueNode, place: Place): ValueNode | undefined {
  return node.kind === 'scalar' ? parseJson(node, place) : node;
}
