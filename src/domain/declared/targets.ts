import type { BaseIdentity } from '../chain/base-identity.js';
import { quote, type Report } from '../input/problem.js';
import { emptyItemFix, parseList } from '../input/scalar.js';
import { isYamlList, isYamlMap, parseYaml, type YamlValue } from '../input/yaml.js';
import { profileNameProblem } from '../shared-config/profile-name.js';
import { type DeclaredHop, parseChainItems } from './role-chain.js';

/** A target as it was declared: its name, its hops, and where it starts if not from the step's base identity. */
export interface DeclaredTarget {
  readonly name: string;
  readonly hops: readonly DeclaredHop[];
  readonly base?: BaseIdentity;
  readonly region?: string;
}

/** Resolves a target that is only named, from the role-chain file. */
export type ResolveProfile = (name: string) => DeclaredTarget | undefined;

/** Reads `targets`: a YAML map of name → chain, or a list of names declared in the role-chain file. */
export function parseTargets(
  text: string,
  resolve: ResolveProfile | undefined,
  report: Report,
): readonly DeclaredTarget[] {
  const value = readText(text, report);
  if (value === undefined) {
    return [];
  }
  if (isYamlMap(value) && resolve !== undefined) {
    report({
      where: 'role-chain-file',
      what: 'targets is a map, which says everything itself, and names no profile of the file',
      fix: 'Take role-chain-file out, or list the wanted profiles in targets',
    });
  }
  const targets = isYamlMap(value) ? mapTargets(value, report) : namedTargets(value, resolve, report);
  for (const { name } of targets) {
    checkName(name, report);
  }
  return targets;
}

function readText(text: string, report: Report): YamlValue | undefined {
  const looksLikeYaml = isMap(text) || /^\s*(-\s|\[)/m.test(text);
  if (!looksLikeYaml) {
    return parseList(text, 'targets', report);
  }
  const isFolded = /^\S+: .* \S+:( .*)?$/.test(text.trim());
  return parseYaml(text, 'targets', (problem) => {
    const fix = problem.what.includes('duplicated mapping key') ? 'Name each target once' : problem.fix;
    report({ ...problem, fix: isFolded ? foldedFix : fix });
  });
}

const foldedFix = 'Write targets: | instead of targets: >, which folds the lines into one';

function mapTargets(map: { readonly [name: string]: YamlValue }, report: Report): readonly DeclaredTarget[] {
  const entries = Object.entries(map);
  if (entries.length === 0) {
    report({ where: 'targets', what: 'the map is empty', fix: 'Name at least one target' });
  }
  return entries.map(([name, chain]) => {
    const where = `targets, ${name}`;
    const items = isYamlList(chain) ? chain : typeof chain === 'string' ? chainText(chain, where, report) : [chain];
    return { name, hops: parseChainItems(items, where, report) };
  });
}

function chainText(text: string, where: string, report: Report): readonly string[] {
  return text.trim() === '' ? [''] : parseList(text, where, report);
}

function namedTargets(
  value: YamlValue,
  resolve: ResolveProfile | undefined,
  report: Report,
): readonly DeclaredTarget[] {
  const items = isYamlList(value) ? value : [value];
  const names = items.filter((item) => typeof item === 'string');
  if (names.length < items.length || names.length === 0) {
    report({
      where: 'targets',
      what: 'a target is neither a name nor name: [chain]',
      fix: 'Write a map of names to chains, or a list of names from role-chain-file',
    });
    return [];
  }
  if (resolve === undefined) {
    report({
      where: 'targets',
      what: 'targets are named, and role-chain-file does not say where they are declared',
      fix: 'Give role-chain-file, or write targets as a map: name: [role, role]',
    });
    return [];
  }
  for (const twice of new Set(names.filter((name, index) => names.indexOf(name) < index))) {
    report({ where: 'targets', what: `${quote(twice)} is named twice`, fix: 'Name each target once' });
  }
  return [...new Set(names)].flatMap((name) => {
    if (name.trim() === '') {
      report({ where: 'targets', what: 'a name is empty', fix: emptyItemFix });
      return [];
    }
    if (/\s/.test(name)) {
      report({ where: 'targets', what: `${quote(name)} holds white space`, fix: `${foldedFix}, one name a line` });
      return [];
    }
    const target = resolve(name);
    return target === undefined ? [] : [target];
  });
}

function checkName(name: string, report: Report): void {
  const what = profileNameProblem(name);
  if (what !== undefined) {
    report({
      where: 'targets',
      what,
      fix: 'Use 1 to 128 characters without white space, quotes, brackets, slashes, # ; and =',
    });
  }
}

function isMap(text: string): boolean {
  return /^\s*(\{|[^\s#,[\]{}][^\n]*?:(\s|$))/m.test(text);
}
