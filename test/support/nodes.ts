import type { Place } from '../../src/domain/input/place.js';
import { placeOf } from '../../src/domain/input/place.js';
import { type MapNode, scalarOf, type ValueNode } from '../../src/domain/input/value-node.js';
import { type Reported, reported } from './reported.js';

/** A value as somebody could have written it. */
export type Written = string | readonly Written[] | { readonly [name: string]: Written };

/** The node of a value that was written nowhere. */
export function nodeOf(value: Written): ValueNode {
  if (typeof value === 'string') {
    return scalarOf(value);
  }
  return Array.isArray(value) ? { kind: 'list', items: value.map(nodeOf) } : mapOf(value as Record<string, Written>);
}

/** The node of a map that was written nowhere. */
export function mapOf(value: { readonly [name: string]: Written }): MapNode {
  const entries = Object.entries(value).map(([name, item]): [string, ValueNode] => [name, nodeOf(item)]);
  return { kind: 'map', entries: new Map(entries), keys: new Map() };
}

/** Runs a reader at a place and collects what it reports. */
export function reportedAt<T>(source: string, read: (place: Place) => T): Reported<T> {
  return reported((report) => read(placeOf(source, report)));
}
