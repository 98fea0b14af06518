import type { BaseIdentity } from '../chain/base-identity.js';
import type { YamlPath } from '../input/compose-yaml.js';
import { mostTargets, reportTooMany } from '../input/limits.js';
import { type ListItem, parseList } from '../input/list.js';
import type { Place } from '../input/place.js';
import { emptyItemFix, quote } from '../input/problem.js';
import type { ListNode, MapNode, ValueNode } from '../input/value-node.js';
import { foldedFix, isYaml, parseYaml } from '../input/yaml.js';
import { profileNameProblem } from '../shared-config/profile-name.js';
import { type DeclaredHop, hopNames, parseChainItems, parsePlainChain } from './role-chain.js';

/** A target as it was declared: its name, its hops, and where it starts if not from the step's base identity. */
export interface DeclaredTarget {
  readonly name: string;
  readonly hops: readonly DeclaredHop[];
  readonly base?: BaseIdentity;
  readonly region?: string;
}

/** Resolves a target that is only named, from the role-chain file. */
export type ResolveProfile = (name: ListItem) => DeclaredTarget | undefined;

/** Reads `targets`: a YAML map of name → chain, or a list of names declared in the role-chain file. */
export function parseTargets(
  text: string,
  resolve: ResolveProfile | undefined,
  place: Place,
): readonly DeclaredTarget[] {
  if (!isYaml(text)) {
    return checkedNames(namedTargets(parseList(text, place, 'target'), resolve, place), place);
  }
  const value = parseYaml(text, place, targetNames);
  if (value === undefined) {
    return [];
  }
  return checkedNames(
    value.kind === 'map' ? mapTargets(value, resolve, place) : namedTargets(listed(value, place), resolve, place),
    place,
  );
}

/** How messages name the items of a map of targets that a path leads to. */
function targetNames([name, ...rest]: YamlPath): readonly string[] {
  return typeof name === 'string' ? [`target ${name}`, ...hopNames(rest)] : [];
}

function mapTargets(map: MapNode, resolve: ResolveProfile | undefined, place: Place): readonly DeclaredTarget[] {
  if (resolve !== undefined) {
    place.report(
      'targets is a map, which says everything itself, and names no profile of role-chain-file',
      'Take role-chain-file out, or list the wanted profiles in targets',
    );
  }
  if (map.entries.size === 0) {
    place.report('the map is empty', 'Name at least one target');
  }
  if (reportTooMany(map.entries.size, { most: mostTargets, noun: 'targets' }, place)) {
    return [];
  }
  return [...map.entries].map(([name, chain]) => {
    const here = place.at(`target ${name}`, { ...chain, position: map.keys.get(name) });
    return { name, hops: parseChain(chain, here) };
  });
}

function parseChain(chain: ValueNode, place: Place): readonly DeclaredHop[] {
  switch (chain.kind) {
    case 'list':
      return parseChainItems(chain.items, place);
    case 'map':
      return parseChainItems([chain], place);
    case 'scalar':
      return chain.text.trim() === '' ? parseChainItems([chain], place) : parsePlainChain(chain.text, place);
  }
}

function listed(value: ListNode | ValueNode, place: Place): readonly ListItem[] {
  const items = value.kind === 'list' ? value.items : [value];
  if (items.length === 0) {
    place.report('the list is empty', 'Name at least one target');
  }
  return items.flatMap((item, index) => {
    const here = place.at(`target ${index + 1}`, item);
    if (item.kind !== 'scalar') {
      here.report(
        'a target is neither a name nor name: [chain]',
        'Write a map of names to chains, or a list of names from role-chain-file',
      );
      return [];
    }
    if (item.text.trim() === '') {
      here.report('the name is empty', emptyItemFix);
      return [];
    }
    return [{ text: item.text, place: here, followsComma: false }];
  });
}

function namedTargets(
  names: readonly ListItem[],
  resolve: ResolveProfile | undefined,
  place: Place,
): readonly DeclaredTarget[] {
  if (names.some(({ text }) => text.startsWith('arn:'))) {
    place.report(
      'the targets are roles without names',
      'Write one chain in role-chain instead, or give each chain a name: staging: [arn:…, arn:…]',
    );
    return [];
  }
  if (names.length > 0 && resolve === undefined) {
    place.report(
      'targets are named, and role-chain-file does not say where they are declared',
      'Give role-chain-file, or write targets as a map: name: [role, role]',
    );
    return [];
  }
  if (reportTooMany(names.length, { most: mostTargets, noun: 'targets' }, place)) {
    return [];
  }
  const seen = new Set<string>();
  return names.flatMap((name) => {
    const { text, place: here } = name;
    const isTwice = seen.has(text);
    seen.add(text);
    if (isTwice) {
      here.report(`${quote(text)} is named twice`, 'Name each target once');
      return [];
    }
    if (/\s/.test(text)) {
      here.report(`${quote(text)} holds white space`, `${foldedFix('targets')}, one name a line`);
      return [];
    }
    return resolve?.(name) ?? [];
  });
}

function checkedNames(targets: readonly DeclaredTarget[], place: Place): readonly DeclaredTarget[] {
  for (const { name } of targets) {
    const what = profileNameProblem(name);
    if (what !== undefined) {
      place
        .at(`target ${name}`)
        .report(what, 'Use 1 to 128 characters without white space, quotes, brackets, slashes, # ; and =');
    }
  }
  return targets;
}
