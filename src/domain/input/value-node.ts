import type { Position } from './position.js';

/** A YAML or JSON value with positions; every scalar is a string, as in a `with:` value. */
export type ValueNode = ScalarNode | ListNode | MapNode;

/** A single value. */
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly text: string;
  /** Written without quotes, so YAML and JSON may read a number, a boolean or null. */
  readonly isBare: boolean;
  /** Written without quotes right after a comma of a flow list, so it may be the end of a value that holds a comma. */
  readonly touchesComma?: boolean;
  readonly position?: Position | undefined;
  /** The indentation of a literal block (`|`); its first line is at the position. */
  readonly indent?: number;
}

/** A list of values. */
export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly ValueNode[];
  readonly position?: Position | undefined;
}

/** Names with values, in written order. */
export interface MapNode {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, ValueNode>;
  /** The positions of the names. */
  readonly keys: ReadonlyMap<string, Position>;
  readonly position?: Position | undefined;
}

/** A scalar for a text. */
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

/** The position of an offset inside a value's text; the position of the value if its lines were not kept. */
export function positionWithin({ position, indent }: ScalarNode, { line, column = 1 }: Position): Position {
  if (position === undefined) {
    return { line, column };
  }
  return indent === undefined ? position : { line: position.line + line - 1, column: column + indent };
}

/** Whether a value is YAML or JSON null; toJSON writes an unset value as null. */
export function isNull({ text, isBare }: ScalarNode): boolean {
  return isBare && /^(null|~)$/i.test(text);
}
