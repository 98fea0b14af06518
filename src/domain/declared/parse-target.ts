import { reportTooManyHops } from '../chain/chain-length.js';
import type { MatrixValues } from '../chain/target.js';
import { parseRegion } from '../identifiers/parse-region.js';
import { mostGuesses } from '../input/limits.js';
import { nearest } from '../input/nearest.js';
import { nowhere, type Place } from '../input/place.js';
import { quote } from '../input/quote.js';
import type { MapNode, ValueNode } from '../input/value-node.js';
import type { DeclaredTarget, WrittenRegion } from './catalog.js';
import { type DeclaredHop, hopOptionNames, parseHopOption, parseKnownOptions } from './hop-options.js';
import { parseMatrix } from './matrix-values.js';
import { singleText } from './option-values.js';
import { parseChainItems, parsePlainChain } from './parse-role-chain.js';
import { reportUnknownKeys } from './unknown-keys.js';

/** The shared chains under `via`. */
export interface Beginnings {
  readonly chains: ReadonlyMap<string, readonly DeclaredHop[]>;
  /** The number of targets so far whose `via` names an undeclared chain. */
  misses: number;
}

/** The keys of a target map: the options of its last hop, and its own. */
export const targetKeys: readonly string[] = ['via', ...hopOptionNames, 'role-chain', 'aws-region', 'matrix'];

/** The place of a target, and the `via` chains that it can use. */
export interface TargetContext {
  readonly place: Place;
  /** Undefined for targets in the input, which has no `via`. */
  readonly beginnings?: Beginnings;
}

/** Reads a target: a chain, or a map of `via`, `role-to-assume` or `role-chain`, and options of the last hop. */
export function parseTarget(name: string, node: ValueNode, context: TargetContext): DeclaredTarget {
  const { place } = context;
  if (node.kind !== 'map') {
    return { name, place, hops: parseChain(node, place) };
  }
  reportUnknownKeys(node, { words: targetKeys, noun: 'a target' }, place);
  const region = readRegion(node, place);
  const matrix = readMatrix(node, place);
  return {
    name,
    place,
    hops: readHops(node, context),
    ...(region !== undefined && { region }),
    ...(matrix !== undefined && { matrix }),
  };
}

/** Reads a chain: a YAML list, a plain list, or a single hop. `first` is the number of its first hop in messages. */
export function parseChain(chain: ValueNode, place: Place, first = 1): readonly DeclaredHop[] {
  const items = chain.kind === 'list' ? chain.items : [chain];
  return chain.kind === 'scalar' && chain.text.trim() !== ''
    ? parsePlainChain(chain.text, place, first)
    : parseChainItems(items, place, first);
}

function readHops(map: MapNode, { place, beginnings }: TargetContext): readonly DeclaredHop[] {
  const { entries } = map;
  const beginning = readBeginning(map, place, beginnings);
  const [role, chain] = [entries.get('role-to-assume'), entries.get('role-chain')];
  if (role !== undefined && chain !== undefined) {
    place
      .on(map.keys.get('role-chain'))
      .report('role-to-assume and role-chain are both given', 'Keep one: the last role of role-chain is the target');
    return [];
  }
  if (role === undefined && chain === undefined && !entries.has('via')) {
    place.report('the target names no role', 'Add role-to-assume, role-chain or via');
    return [];
  }
  if (role !== undefined) {
    const last = place.at(`hop ${beginning.length + 1}`, { position: role.position, entries });
    return checked([...beginning, { place: last, options: parseKnownOptions(map, last) }], place);
  }
  const own = chain === undefined ? [] : parseChain(chain, place.on(chain.position), beginning.length + 1);
  return checked(withOptions([...beginning, ...own], map, place), place);
}

function readBeginning(map: MapNode, place: Place, beginnings: Beginnings | undefined): readonly DeclaredHop[] {
  const via = map.entries.get('via');
  const here = place.at('via', via);
  const name = via === undefined ? undefined : singleText(via, here);
  if (name === undefined) {
    return [];
  }
  if (beginnings === undefined) {
    here.report('via names a shared chain, which only a role-chain-file can declare', 'Write all roles in role-chain');
    return [];
  }
  const beginning = beginnings.chains.get(name);
  if (beginning === undefined) {
    beginnings.misses += 1;
    const meant = beginnings.misses > mostGuesses ? undefined : nearest(name, [...beginnings.chains.keys()]);
    here.report(
      `${quote(name)} is not declared under via`,
      meant === undefined ? `Declare it: via: { ${name}: [<role>] }` : `Did you mean ${meant}?`,
    );
  }
  return beginning ?? [];
}

/** Adds a target's options to the last hop of its chain; reports an option that the hop has already. */
function withOptions(hops: readonly DeclaredHop[], map: MapNode, place: Place): readonly DeclaredHop[] {
  const last = hops.at(-1);
  const added = parseKnownOptions(map, place);
  if (last === undefined || Object.keys(added).length === 0) {
    return hops;
  }
  for (const [name, value] of map.entries) {
    if (Object.keys(parseHopOption(name, value, nowhere)).some((key) => Object.hasOwn(last.options, key))) {
      place
        .at(name)
        .report(`${name} is given here and at the last hop of the chain`, 'Keep one: they are the same hop');
    }
  }
  const written = { position: map.position, entries: map.entries };
  return [
    ...hops.slice(0, -1),
    { place: place.at(`hop ${hops.length}`, written), options: { ...last.options, ...added } },
  ];
}

function checked(hops: readonly DeclaredHop[], place: Place): readonly DeclaredHop[] {
  reportTooManyHops(hops, place);
  return hops;
}

/** Reads the Region of a target or of `defaults`. */
export function readRegion({ entries }: MapNode, place: Place): WrittenRegion | undefined {
  const node = entries.get('aws-region');
  const here = place.at('aws-region', node);
  const text = node === undefined ? undefined : singleText(node, here);
  const name = text === undefined ? undefined : parseRegion(text.trim(), here);
  return name === undefined ? undefined : { name, place: here };
}

function readMatrix({ entries }: MapNode, place: Place): MatrixValues | undefined {
  const node = entries.get('matrix');
  return node === undefined ? undefined : parseMatrix(node, place.at('matrix', node));
}
