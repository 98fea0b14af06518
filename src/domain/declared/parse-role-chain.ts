import { chainLengthFix, maximumHops, reportTooManyHops } from '../chain/chain-length.js';
import type { YamlPath } from '../input/compose-yaml.js';
import { mostGuesses } from '../input/limits.js';
import { type ListItem, parseList } from '../input/list.js';
import type { Place } from '../input/place.js';
import { emptyItemFix } from '../input/problem.js';
import { quote } from '../input/quote.js';
import { scalarOf, type ValueNode } from '../input/value-node.js';
import { isYaml, parseYaml, reportLastComma } from '../input/yaml.js';
import { type DeclaredHop, hopOptionNames, parseHopOption, parseHopOptions } from './hop-options.js';
import { isMeantAs } from './unknown-keys.js';

/** Reads `role-chain`: a plain list (line breaks or commas), or a YAML list of roles and maps. */
export function parseRoleChain(text: string, place: Place): readonly DeclaredHop[] {
  if (!isYaml(text)) {
    return parsePlainChain(text, place);
  }
  reportLastComma(text, place);
  const value = parseYaml(text, place, hopNames);
  if (value === undefined) {
    return [];
  }
  if (value.kind !== 'list') {
    const what = value.kind === 'scalar' ? `${quote(value.text)} is not a list of roles` : 'the chain is not a list';
    place.on(value.position).report(what, notListFix(value, place));
    return [];
  }
  return parseChainItems(value.items, place);
}

/** Returns the fix for a value in place of a list of roles. */
function notListFix(value: ValueNode, place: Place): string {
  const names = value.kind === 'map' ? [...value.entries.keys()] : [];
  if (names.length > 0 && !names.some((name) => hopOptionNames.includes(name))) {
    return `A map of names to chains is for the input targets: write targets: | instead of ${place.where}: |`;
  }
  return `Begin each hop with a dash and a plain space: - role-to-assume: arn:aws:iam::<account ID>:role/<name>`;
}

/** Converts a path in a chain to the names of its items in messages, such as `hop 2`, `custom-tags`. */
export function hopNames([index, ...rest]: YamlPath): readonly string[] {
  return typeof index === 'number' ? [`hop ${index + 1}`, ...rest.map(String)] : [];
}

/** Reads a plain list of roles. `first` is the number of its first hop in messages. */
export function parsePlainChain(text: string, place: Place, first = 1): readonly DeclaredHop[] {
  const items = parseList(text, place, { noun: 'hop', first, limitFix: chainLengthFix });
  reportTooManyHops(items, place);
  return items.slice(0, maximumHops).map((item, index) => plainHop(item, items[index - 1]));
}

/** Reads a YAML list of hops. `first` is the number of its first hop in messages. */
export function parseChainItems(items: readonly ValueNode[], place: Place, first = 1): readonly DeclaredHop[] {
  if (items.length === 0) {
    place.report('the chain is empty', 'Name at least one role');
  }
  reportTooManyHops(items, place);
  return items
    .slice(0, maximumHops)
    .map((item, index) => parseHop(item, items[index - 1], place.at(`hop ${index + first}`, item)));
}

/**
 * Reads a hop of a plain list. Text after a comma is reported unless it is an ARN: a role name may contain a comma, so
 * the text may be the end of a name.
 */
function plainHop({ text, place, followsComma }: ListItem, before: ListItem | undefined): DeclaredHop {
  if (followsComma && before !== undefined && !text.startsWith('arn:')) {
    place.report(
      `${quote(text)} follows a comma and is not an ARN: it may be a role, or the end of a name that contains a comma`,
      `Write the chain as a YAML list, one role per line: "- ${before.text}" and "- ${text}", or "- ${before.text},${text}"`,
    );
    return { place, options: {} };
  }
  return { place, options: parseHopOption('role-to-assume', scalarOf(text), place) };
}

function parseHop(item: ValueNode, before: ValueNode | undefined, place: Place): DeclaredHop {
  switch (item.kind) {
    case 'scalar':
      if (item.touchesComma && before?.kind === 'scalar' && before.isBare && !item.text.startsWith('arn:')) {
        place.report(
          `${quote(item.text)} follows a comma directly and is not an ARN: it may be a role, or the end of a name that contains a comma`,
          `Write a space after the comma if it is another role, or quotes around the name: "${before.text},${item.text}"`,
        );
        return { place, options: {} };
      }
      if (item.text.trim() === '') {
        place.report('the hop is empty', emptyItemFix);
        return { place, options: {} };
      }
      return { place, options: parseHopOption('role-to-assume', { ...item, text: item.text.trim() }, place) };
    case 'list':
      place.report('the hop is a list inside the list', 'Write each hop as a role or a map of options');
      return { place, options: {} };
    case 'map': {
      const options = parseHopOptions(item, place);
      const names = [...item.entries.keys()].slice(0, mostGuesses);
      const namesRole = names.some(
        (each) => each === 'role-to-assume' || isMeantAs(each, 'role-to-assume', hopOptionNames),
      );
      if (!namesRole) {
        place.report('the hop names no role', 'Add role-to-assume');
      }
      return { place, options };
    }
  }
}
