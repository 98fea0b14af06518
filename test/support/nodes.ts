import type { Place } from '../../src/domain/input/place.js';
import { type MapNode, scalarOf, type ValueNode } from '../../src/domain/input/value-node.js';
import { type Reported, reported } from './reported.js';

/** A YAML value as a user could write it. */
export type Written = string | readonly Written[] | { readonly [name: string]: Written };

/** The node of a value without a position in a file. */
export function nodeOf(value: Written): ValueNode {
  if (typeof value === 'string') {
    return scalarOf(value);
  }
  return Array.isArray(value) ? { kind: 'list', items: value.map(nodeOf) } : mapOf(value as Record<string, Written>);
}

/** The node of a map without a position in a file. */
export function mapOf(value: { readonly [name: string]: Written }): MapNode {
  const entries = Object.entries(value).map(([name, item]): [string, ValueNode] => [name, nodeOf(item)]);
  return { kind: 'map', entries: new Map(entries), keys: new Map() };
}

/** Runs a parser at a place and collects the problems that it reports. */
export function reportedAt<T>(source: string, read: (place: Place) => T): Reported<T> {
  return reported((places) => read(places(source)));
}
