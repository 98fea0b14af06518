import type { YamlPath } from '../input/compose-yaml.js';
import { mostDeclared } from '../input/limits.js';
import { reportTooMany } from '../input/list.js';
import type { Place } from '../input/place.js';
import { quote } from '../input/quote.js';
import type { MapNode, ValueNode } from '../input/value-node.js';
import { parseYaml } from '../input/yaml.js';
import { profileNameRefusal } from '../shared-config/profile-name.js';
import type { Catalog, DeclaredTarget, TargetDefaults } from './catalog.js';
import { hopOptionNames, parseKnownOptions } from './hop-options.js';
import { hopNames } from './parse-role-chain.js';
import { type Beginnings, parseChain, parseTarget, readRegion } from './parse-target.js';
import { refuseSecrets } from './refuse-secrets.js';
import { reportUnknownKeys } from './unknown-keys.js';

/** The top-level keys of a YAML inventory. */
export const inventoryKeys = ['defaults', 'via', 'targets'] as const;

/** The keys of `defaults`: the options of a last hop, and the Region. */
export const defaultsKeys: readonly string[] = [
  ...hopOptionNames.filter((name) => name !== 'role-to-assume'),
  'aws-region',
];

/** Whether a role-chain file is a YAML inventory, by the ending of its name; other files have the format of INI. */
export function isInventory(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

/**
 * Reads a role-chain file in YAML: `defaults` for every last hop, `via` for shared first hops, and `targets`.
 * Reports the problems of the whole file, not only of the chosen targets; returns undefined if it has no targets.
 */
export function inventoryCatalog({ path, text }: { path: string; text: string }, place: Place): Catalog | undefined {
  if (/^\s*\[[^\]\n]+\]\s*$/m.test(text) && !/^(defaults|via|targets)\s*:/m.test(text)) {
    place.report(
      'the file is in the format of the AWS config file, and its name says that it is YAML',
      'Give it a name that does not end in .yml or .yaml, for example aws-roles.ini',
    );
    return undefined;
  }
  const file = parseYaml(text, place, itemNames);
  if (file === undefined) {
    return undefined;
  }
  if (file.kind !== 'map') {
    place.report('the file is not a map', 'Begin it with targets:, and a name and a chain on each line below');
    return undefined;
  }
  refuseSecrets(file, place, itemNames);
  reportUnknownKeys(file, { words: inventoryKeys, noun: 'a role-chain file' }, place);
  const defaults = readDefaults(file.entries.get('defaults'), place);
  const beginnings = readBeginnings(file.entries.get('via'), place);
  const targets = readTargets(file.entries.get('targets'), { beginnings, place }).map(
    (target): [string, DeclaredTarget] => [target.name, { ...target, ...(defaults && { defaults }) }],
  );
  if (targets.length === 0) {
    return undefined;
  }
  const byName = new Map(targets);
  const names = [...byName.keys()];
  return { file: path, names, selectable: names, resolve: (name) => byName.get(name) };
}

/** Converts a path in the file to the names of its items in messages, such as `target staging`, `hop 2`. */
function itemNames([section, name, ...rest]: YamlPath): readonly string[] {
  if (typeof name !== 'string' || (section !== 'targets' && section !== 'via')) {
    return [section, name].flatMap((part) => (part === undefined ? [] : [String(part)]));
  }
  const item = section === 'via' ? `via ${name}` : `target ${name}`;
  return [item, ...(typeof rest[0] === 'number' ? hopNames(rest) : rest.map(String))];
}

function readDefaults(node: ValueNode | undefined, place: Place): TargetDefaults | undefined {
  const map = mapOf('defaults', node, place);
  if (map === undefined) {
    return undefined;
  }
  const here = place.at('defaults', map);
  reportUnknownKeys(map, { words: defaultsKeys, noun: 'defaults' }, here);
  const { role: _, ...options } = parseKnownOptions(map, here);
  const region = readRegion(map, here);
  return { options, ...(region !== undefined && { region }) };
}

function readBeginnings(node: ValueNode | undefined, place: Place): Beginnings {
  const map = mapOf('via', node, place);
  const hops = [...(map?.entries ?? [])].map(([name, chain]) => {
    const here = place.at(`via ${name}`, { ...chain, position: map?.keys.get(name) });
    return [name, parseChain(chain, here)] as const;
  });
  return { chains: new Map(hops), misses: 0 };
}

function readTargets(
  node: ValueNode | undefined,
  { beginnings, place }: { beginnings: Beginnings; place: Place },
): readonly DeclaredTarget[] {
  const map = mapOf('targets', node, place);
  if (node !== undefined && map === undefined) {
    return [];
  }
  if (map === undefined || map.entries.size === 0) {
    const fix = 'Name at least one: targets: { staging: [arn:aws:iam::<account ID>:role/<name>] }';
    place.on(node?.position).report('the file declares no targets', fix);
    return [];
  }
  if (reportTooMany(map.entries.size, { most: mostDeclared, noun: 'targets' }, place)) {
    return [];
  }
  return [...map.entries].map(([name, target]) => {
    const here = place.at(`target ${name}`, { ...target, position: map.keys.get(name) });
    checkName(name, here);
    return parseTarget(name, target, { place: here, beginnings });
  });
}

function checkName(name: string, place: Place): void {
  const problem = profileNameRefusal(name);
  if (problem !== undefined) {
    place.report(problem.what, problem.fix);
  } else if (name === 'all' || /^!|[*?,]/.test(name)) {
    place.report(
      `${quote(name)} cannot be the name of a target: the input targets reads it as a selection of several`,
      'Choose a name other than all, without ! in front and without * ? and commas',
    );
  }
}

function mapOf(name: string, node: ValueNode | undefined, place: Place): MapNode | undefined {
  if (node === undefined || node.kind === 'map') {
    return node;
  }
  place
    .at(name, node)
    .report(`${name} is not a map`, 'Write each name and its value on its own line, as in name: value');
  return undefined;
}
