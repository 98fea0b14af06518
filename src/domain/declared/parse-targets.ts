import type { YamlPath } from '../input/compose-yaml.js';
import { mostTargets } from '../input/limits.js';
import { type ListItem, parseList, reportTooMany } from '../input/list.js';
import type { Place } from '../input/place.js';
import { emptyItemFix } from '../input/problem.js';
import { quote } from '../input/quote.js';
import type { ListNode, MapNode, ValueNode } from '../input/value-node.js';
import { isYaml, parseYaml, reportLastComma } from '../input/yaml.js';
import { profileNameRefusal } from '../shared-config/profile-name.js';
import type { Catalog, DeclaredTarget } from './catalog.js';
import { hopNames } from './parse-role-chain.js';
import { parseTarget } from './parse-target.js';
import { selectTargets } from './select-targets.js';

/** Reads `targets`: a YAML map of names to chains, or a list that selects targets of the role-chain file. */
export function parseTargets(text: string, catalog: Catalog | undefined, place: Place): readonly DeclaredTarget[] {
  if (!isYaml(text)) {
    const isItem = (line: string) => catalog?.names.includes(line) === true;
    return namedTargets(parseList(text, place, { noun: 'target', isItem }), catalog, place);
  }
  reportLastComma(text, place);
  const value = parseYaml(text, place, targetNames);
  if (value === undefined) {
    return [];
  }
  return value.kind === 'map' ? mapTargets(value, catalog, place) : namedTargets(listed(value, place), catalog, place);
}

/** Converts a path in a map of targets to the names of its items in messages, such as `target staging`, `hop 2`. */
function targetNames([name, ...rest]: YamlPath): readonly string[] {
  return typeof name === 'string' ? [`target ${name}`, ...hopNames(rest)] : [];
}

function mapTargets(map: MapNode, catalog: Catalog | undefined, place: Place): readonly DeclaredTarget[] {
  if (catalog !== undefined) {
    place.report(
      'targets is a map that defines its own chains, and names no target of role-chain-file',
      'Remove role-chain-file, or list the wanted targets in targets',
    );
  }
  if (map.entries.size === 0) {
    place.report('the map is empty', 'Name at least one target');
  }
  if (reportTooMany(map.entries.size, { most: mostTargets, noun: 'targets' }, place)) {
    return [];
  }
  return [...map.entries].map(([name, node]) => {
    const here = place.at(`target ${name}`, { ...node, position: map.keys.get(name) });
    checkName(name, here);
    return parseTarget(name, node, { place: here });
  });
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
        'the target is a list or map, and a list of targets has names only',
        'Write a map without dashes, staging: [role, role], or a list of names from role-chain-file',
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
  catalog: Catalog | undefined,
  place: Place,
): readonly DeclaredTarget[] {
  if (names.some(({ text }) => text.startsWith('arn:'))) {
    place.report(
      'the targets are roles without names',
      'Write one chain in role-chain instead, or give each chain a name: staging: [arn:…, arn:…]',
    );
    return [];
  }
  const damaged = names.find(({ text }) => text.includes('arn:'));
  if (damaged !== undefined) {
    damaged.place.report(
      `${quote(damaged.text)} is neither a name nor a name with a chain`,
      'Write name: [role, role], with a colon and a space after the name',
    );
    return [];
  }
  if (names.length > 0 && catalog === undefined) {
    place.report(
      'targets are named, and role-chain-file does not say where they are declared',
      'Give role-chain-file, or write targets as a map: name: [role, role]',
    );
  }
  return catalog === undefined ? [] : selectTargets(names, catalog, place);
}

function checkName(name: string, place: Place): void {
  const refusal = profileNameRefusal(name);
  if (refusal !== undefined) {
    const unset = name === '' ? `. ${emptyItemFix}` : '';
    place.report(refusal.what, `${refusal.fix}${unset}`);
  }
}
