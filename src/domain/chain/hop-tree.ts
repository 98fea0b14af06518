import { groupBy } from '../input/non-empty.js';
import type { BaseIdentity } from './base-identity.js';
import type { Hop } from './hop.js';
import type { Target } from './target.js';

/** A hop that several targets can share, so that STS is called once. */
export interface HopNode {
  readonly hop: Hop;
  readonly children: readonly HopNode[];
  /** The targets whose last hop this is. */
  readonly ends: readonly Target[];
}

/** A base identity, the first hops from it, and the targets without hops. */
export interface HopTree {
  readonly base: BaseIdentity;
  readonly children: readonly HopNode[];
  readonly ends: readonly Target[];
}

/** Merges targets into trees: equal leading hops from an equal base are one node. */
export function hopTrees(targets: readonly Target[]): readonly HopTree[] {
  return groupBy(targets, ({ base }) => JSON.stringify(base)).map((group) => ({
    base: group[0].base,
    ...branches(group, 0),
  }));
}

/** Every target whose chain ends at a node or below it. */
export function targetsOf(node: {
  readonly children: readonly HopNode[];
  readonly ends: readonly Target[];
}): readonly Target[] {
  return [...node.ends, ...node.children.flatMap(targetsOf)];
}

function branches(
  targets: readonly Target[],
  depth: number,
): { children: readonly HopNode[]; ends: readonly Target[] } {
  const further = targets.filter(({ hops }) => hops.length > depth);
  const children = groupBy(further, ({ hops }) => hopKey(hops[depth] as Hop)).map((group) => ({
    hop: group[0].hops[depth] as Hop,
    ...branches(group, depth + 1),
  }));
  return { children, ends: targets.filter(({ hops }) => hops.length === depth) };
}

/** A text that is equal for equal hops, wherever they were declared. */
function hopKey({ where: _, ...call }: Hop): string {
  return JSON.stringify(call);
}
