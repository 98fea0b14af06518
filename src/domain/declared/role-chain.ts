import type { Report } from '../input/problem.js';
import { emptyItemFix, parseList } from '../input/scalar.js';
import { isYamlList, isYamlMap, parseYaml, type YamlValue } from '../input/yaml.js';
import { type HopOptions, parseHopOptions } from './hop-options.js';

/** A hop as it was declared, and where, for messages. */
export interface DeclaredHop {
  readonly where: string;
  readonly options: HopOptions;
}

/** More hops than this are taken for a mistake. */
export const maximumHops = 10;

/** Reads `role-chain`: a plain list (line breaks or commas), or a YAML list of roles and maps. */
export function parseRoleChain(text: string, where: string, report: Report): readonly DeclaredHop[] {
  if (!looksLikeYaml(text)) {
    return parseChainItems(parseList(text, where, report), where, report);
  }
  const value = parseYaml(text, where, report);
  if (value === undefined) {
    return [];
  }
  if (!isYamlList(value)) {
    report({ where, what: 'the chain is not a list', fix: 'Begin each hop with a dash' });
    return [];
  }
  return parseChainItems(value, where, report);
}

/** Reads the hops of a chain that is already a list. */
export function parseChainItems(items: readonly YamlValue[], where: string, report: Report): readonly DeclaredHop[] {
  if (items.length === 0) {
    report({ where, what: 'the chain is empty', fix: 'Name at least one role' });
  }
  if (items.length > maximumHops) {
    report({ where, what: `${items.length} hops`, fix: `A chain has at most ${maximumHops}` });
  }
  return items.map((item, index) => parseHop(item, `${where}, hop ${index + 1}`, report));
}

function parseHop(item: YamlValue, where: string, report: Report): DeclaredHop {
  if (typeof item === 'string') {
    return { where, options: item.trim() === '' ? empty(where, report) : rolesOnly(item.trim(), where, report) };
  }
  if (!isYamlMap(item)) {
    report({ where, what: 'the hop is a list inside the list', fix: 'Write each hop as a role or a map of words' });
    return { where, options: {} };
  }
  const options = parseHopOptions(item, where, report);
  if (!Object.hasOwn(item, 'role-to-assume')) {
    report({ where, what: 'the hop names no role', fix: 'Add role-to-assume' });
  }
  return { where, options };
}

function rolesOnly(text: string, where: string, report: Report): HopOptions {
  const reportHere: Report = (problem) => report({ ...problem, where });
  return parseHopOptions({ 'role-to-assume': text }, where, reportHere);
}

function empty(where: string, report: Report): HopOptions {
  report({ where, what: 'the hop is empty', fix: emptyItemFix });
  return {};
}

function looksLikeYaml(text: string): boolean {
  // A comment alone tells nothing: both forms may have one.
  return /^\s*(-(\s|$)|\[|\{|---|[\w-]+:(\s|$)|[&*!])/m.test(text);
}
