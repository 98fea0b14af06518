import type { Position } from './position.js';

/** A YAML or JSON value with positions; every scalar is a string, as in a `with:` value. */
export type ValueNode = ScalarNode | ListNode | MapNode;

/** A single value. */
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly text: string;
  /** Whether it is written without quotes, so that YAML and JSON may read a number, a boolean or null. */
  readonly isBare: boolean;
  /** Whether it follows a comma without a space and without quotes: `[a,b]` may mean one value with a comma in it. */
  readonly touchesComma?: boolean;
  readonly position?: Position | undefined;
  /** The indentation of a literal block (`|`), whose first line is at `position`; undefined for other styles. */
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

/** Makes a scalar of a text, as if it were written in quotes. */
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

/**
 * Converts a line and column of a scalar's text to those of the file. Only a literal block keeps its lines; for other
 * scalars, the result is where the scalar starts.
 */
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
