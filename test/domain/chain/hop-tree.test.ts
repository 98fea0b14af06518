import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BaseIdentity } from '../../../src/domain/chain/base-identity.js';
import type { Hop } from '../../../src/domain/chain/hop.js';
import { type HopNode, hopTrees, targetsOf } from '../../../src/domain/chain/hop-tree.js';
import type { Target } from '../../../src/domain/chain/target.js';

const bases: readonly BaseIdentity[] = [
  { kind: 'oidc', requestUrl: 'https://token.example', requestToken: 't', audience: 'a' },
  { kind: 'web-identity', tokenFile: 'token' },
  { kind: 'default-chain', origin: { kind: 'profile', name: 'mine' }, chaining: 'ask' },
];

function hop(name: string, where: string, more: Partial<Hop> = {}): Hop {
  return {
    where,
    operation: 'AssumeRole',
    role: { path: '/', name },
    roleSessionName: 'GitHubActions',
    durationSeconds: 900,
    chaining: 'yes',
    policyArns: [],
    tags: [],
    transitiveTagKeys: [],
    allowedAccountIds: [],
    ...more,
  };
}

function target(name: string, roles: readonly string[], base: BaseIdentity = bases[0] as BaseIdentity): Target {
  return {
    name,
    base,
    hops: roles.map((role, index) => hop(role, `${name}, hop ${index + 1}`)),
    allowedAccountIds: [],
  };
}

function nodesOf({ children }: { readonly children: readonly HopNode[] }): readonly HopNode[] {
  return children.flatMap((node) => [node, ...nodesOf(node)]);
}

/** The stem of a hop: its base and the roles up to it, without the place of its declaration. */
function stemsOf({ base, hops }: Target): readonly string[] {
  return hops.map((_, index) =>
    JSON.stringify([base, hops.slice(0, index + 1).map(({ where: _place, ...call }) => call)]),
  );
}

const anyTargets = fc
  .array(
    fc.record({
      roles: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 5 }),
      base: fc.constantFrom(...bases),
    }),
    { maxLength: 24 },
  )
  .map((all) => all.map(({ roles, base }, index) => target(`t${index}`, roles, base)));

describe('the tree of hops', () => {
  it('contains every distinct stem once, and no other', () => {
    fc.assert(
      fc.property(anyTargets, (targets) => {
        const distinct = new Set(targets.flatMap(stemsOf));
        expect(hopTrees(targets).flatMap(nodesOf)).toHaveLength(distinct.size);
      }),
    );
  });

  it('loses and duplicates no target', () => {
    fc.assert(
      fc.property(anyTargets, (targets) => {
        const held = hopTrees(targets).flatMap(targetsOf);
        expect(held).toHaveLength(targets.length);
        expect(new Set(held)).toEqual(new Set(targets));
      }),
    );
  });

  it('leads to each target over its own hops, from its own base', () => {
    const way = (target: Target, node: HopNode): readonly string[] | undefined => {
      const { name } = node.hop.role;
      const behind = node.ends.includes(target)
        ? []
        : node.children.map((child) => way(target, child)).find((found) => found !== undefined);
      return behind && [name, ...behind];
    };
    fc.assert(
      fc.property(anyTargets, (targets) => {
        const trees = hopTrees(targets);
        for (const one of targets) {
          const tree = trees.find((candidate) => targetsOf(candidate).includes(one));
          expect(tree?.base).toEqual(one.base);
          const found = tree?.ends.includes(one)
            ? []
            : tree?.children.map((node) => way(one, node)).find((path) => path !== undefined);
          expect(found).toEqual(one.hops.map(({ role }) => role.name));
        }
      }),
    );
  });

  it('keeps the order in which targets and hops were declared', () => {
    fc.assert(
      fc.property(anyTargets, (targets) => {
        const inOrder = (all: readonly Target[]) => all.map((one) => targets.indexOf(one));
        const isRising = (places: readonly number[]) =>
          places.every((place, at) => at === 0 || place > (places[at - 1] ?? -1));
        const first = (node: Parameters<typeof targetsOf>[0]) => Math.min(...inOrder(targetsOf(node)));
        const trees = hopTrees(targets);
        expect(isRising(trees.map(first))).toBe(true);
        for (const node of [...trees, ...trees.flatMap(nodesOf)]) {
          expect(isRising(inOrder(node.ends))).toBe(true);
          expect(isRising(node.children.map(first))).toBe(true);
        }
      }),
    );
  });
});

describe('two hops are one call', () => {
  const pair = (more: Partial<Hop>): number => {
    const base = bases[0] as BaseIdentity;
    const one: Target = { name: 'one', base, hops: [hop('a', 'here')], allowedAccountIds: [] };
    const two: Target = { name: 'two', base, hops: [hop('a', 'there', more)], allowedAccountIds: [] };
    return hopTrees([one, two]).flatMap(nodesOf).length;
  };

  it('wherever they are declared', () => expect(pair({})).toBe(1));

  it.each<[string, Partial<Hop>]>([
    ['the role', { role: { path: '/', name: 'b' } }],
    ['the session name', { roleSessionName: 'other' }],
    ['the duration', { durationSeconds: 3600 }],
    ['the external id', { externalId: 'partner-42' }],
    ['the source identity', { sourceIdentity: 'octocat' }],
    ['the session policy', { policy: '{}' }],
    ['the tags', { tags: [{ key: 'Team', value: 'platform' }] }],
    ['the account guard', { allowedAccountIds: [['111111111111']] }],
  ])('unless they differ in %s', (_, more) => expect(pair(more)).toBe(2));
});
