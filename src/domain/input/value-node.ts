import type { Position } from './place.js';

/** A YAML or JSON text in which every scalar is still a string, as it is in a `with:` value, and knows where it is. */
export type ValueNode = ScalarNode | ListNode | MapNode;

/** A single value. */
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly text: string;
  /** Written without quotes, so that YAML and JSON may mean a number, a boolean or null by it. */
  readonly isBare: boolean;
  readonly position?: Position | undefined;
  /** The indentation of the lines of a literal block (`|`), whose first one is at the position. */
  readonly indent?: number;
}

/** A list of values. */
export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly ValueNode[];
  readonly position?: Position | undefined;
}

/** Names with values, in the order in which they are written. */
export interface MapNode {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, ValueNode>;
  /** Where the names themselves are. */
  readonly keys: ReadonlyMap<string, Position>;
  readonly position?: Position | undefined;
}

/** A text that is one value, however it was written. */
export function scalarOf(text: string, position?: Position): ScalarNode {
  return { kind: 'scalar', text, isBare: false, position };
}

/** The value as data, each scalar a string. */
export function plainValue(node: ValueNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.text;
    case 'list':
      return node.items.map(plainValue);
    case 'map':
      return Object.fromEntries([...node.entries].map(([name, value]) => [name, plainValue(value)]));
  }
}

/** The position of a point inside a value's text: the line of the whole where its own lines were not kept. */
export function positionWithin({ position, indent }: ScalarNode, { line, column = 1 }: Position): Position {
  if (position === undefined) {
    return { line, column };
  }
  return indent === undefined ? position : { line: position.line + line - 1, column: column + indent };
}

/** Whether a value is the null of YAML or JSON, as toJSON writes an unset value. */
export function isNull({ text, isBare }: ScalarNode): boolean {
  return isBare && /^(null|~)$/i.test(text);
}
