import { mostGuesses, mostTargets } from '../input/limits.js';
import type { ListItem } from '../input/list.js';
import { reportTooMany } from '../input/list.js';
import { nearest } from '../input/nearest.js';
import type { Place } from '../input/place.js';
import { quote } from '../input/quote.js';
import { shortList } from '../input/short-list.js';
import type { Catalog, DeclaredTarget } from './catalog.js';
import { glob } from './glob.js';

/** Maximum names listed in a message. */
const mostShown = 12;

/**
 * Selects targets of a file, in file order, by name, pattern (`*` and `?`), `all` and exclusion (`!`). A text that is a
 * target's name is never read as a pattern. If there are only exclusions, all other targets are selected.
 */
export function selectTargets(items: readonly ListItem[], catalog: Catalog, place: Place): readonly DeclaredTarget[] {
  if (reportTooMany(items.length, { most: mostTargets, noun: 'targets' }, place)) {
    return [];
  }
  const seen = new Set<string>();
  const known: Known = { catalog, names: new Set(catalog.names), unmatched: 0 };
  const choices = items.flatMap((item) => {
    if (seen.has(item.text)) {
      item.place.report(`${quote(item.text)} is named twice`, 'Name each target once');
      return [];
    }
    seen.add(item.text);
    return readChoice(item, known);
  });
  if (choices.length < items.length) {
    return choices.filter(({ kind }) => kind === 'name').flatMap(({ matches }) => resolveAll(matches, catalog));
  }
  const included = choices.filter(({ kind }) => kind !== 'exclusion');
  const excluded = matchesOf(choices.filter(({ kind }) => kind === 'exclusion'));
  const contradictions = included.filter(
    ({ kind, matches }) => kind === 'name' && matches.some((name) => excluded.has(name)),
  );
  for (const { place: here, matches } of contradictions) {
    here.report(`${quote(matches.join())} is named, and an exclusion removes it`, 'Remove one of the two');
  }
  const wanted = included.length === 0 ? new Set(catalog.selectable) : matchesOf(included);
  const chosen = catalog.names.filter((name) => wanted.has(name) && !excluded.has(name));
  if (reportTooMany(chosen.length, { most: mostTargets, noun: 'targets' }, place)) {
    return [];
  }
  if (items.length > 0 && chosen.length === 0 && contradictions.length === 0) {
    place.report('no target is left: the exclusions remove every one', `${shown(catalog)} Remove an exclusion`);
  }
  return resolveAll(chosen, catalog);
}

interface Choice {
  readonly kind: 'name' | 'pattern' | 'exclusion';
  /** The names of the targets that the item matches. */
  readonly matches: readonly string[];
  readonly place: Place;
}

interface Known {
  readonly catalog: Catalog;
  readonly names: ReadonlySet<string>;
  /** The number of items so far that match no target. */
  unmatched: number;
}

/** Reads one item of `targets`; reports a problem and returns nothing if it matches no target. */
function readChoice({ text, place }: ListItem, known: Known): readonly Choice[] {
  if (known.names.has(text)) {
    return [{ kind: 'name', matches: [text], place }];
  }
  const isExclusion = text.startsWith('!');
  const pattern = (isExclusion ? text.slice(1) : text).trim();
  const matches = matchesOfPattern(pattern, known);
  if (matches.length === 0) {
    known.unmatched += 1;
    reportUnmatched(text, pattern, { known, place });
    return [];
  }
  return [{ kind: isExclusion ? 'exclusion' : 'pattern', matches, place }];
}

function matchesOfPattern(pattern: string, { catalog: { selectable }, names }: Known): readonly string[] {
  if (names.has(pattern)) {
    return [pattern];
  }
  if (pattern === 'all') {
    return selectable;
  }
  return /[*?]/.test(pattern) ? selectable.filter(glob(pattern)) : [];
}

function matchesOf(choices: readonly Choice[]): ReadonlySet<string> {
  const all = new Set<string>();
  for (const { matches } of choices) {
    for (const name of matches) {
      all.add(name);
    }
  }
  return all;
}

function reportUnmatched(
  text: string,
  pattern: string,
  { known: { catalog, unmatched }, place }: { readonly known: Known; readonly place: Place },
): void {
  if (/\s/.test(pattern)) {
    place.report(
      `${quote(text)} contains white space`,
      'Write one name per line under targets: | (targets: > folds the lines into one)',
    );
    return;
  }
  const guesses = unmatched <= mostGuesses && catalog.selectable.length > 0 && !/^all$|[*?]/.test(pattern);
  const meant = guesses ? nearest(pattern, catalog.names) : undefined;
  const fix = meant === undefined ? shown(catalog) : `Did you mean ${meant}? ${shown(catalog)}`;
  place.report(`${quote(text)} matches no target of ${catalog.file}`, fix.trim());
}

function shown({ selectable, names }: Catalog): string {
  if (selectable.length === 0 && names.length > 0) {
    return 'None of its profiles is a target: add a role_arn';
  }
  return selectable.length === 0
    ? 'It declares none: add a section [profile NAME] with role_arn = …'
    : `It has ${shortList(selectable, mostShown)}.`;
}

function resolveAll(names: readonly string[], { resolve }: Catalog): readonly DeclaredTarget[] {
  return names.flatMap((name) => resolve(name) ?? []);
}
