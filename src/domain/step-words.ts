import { type HopWords, hopWords, parseHopWords } from './hop-words.js';
import { anyAccount, type InputName, type RawInputs, trimmed } from './input-names.js';
import type { Report } from './problem.js';
import { parseList } from './scalar.js';

/** The inputs that are also words of a hop. */
export function stepWords(inputs: RawInputs, report: Report): HopWords {
  const names = hopWords.filter(
    (word): word is InputName => word !== 'role-to-assume' && word !== 'allowed-account-ids',
  );
  const given = names.filter((name) => trimmed(inputs, name) !== '');
  const words = Object.fromEntries(
    given.map((name) => [name, isList(name) ? (inputs[name] ?? '') : trimmed(inputs, name)]),
  );
  const read = parseHopWords(words, '', report);
  const guard = inputs['allowed-account-ids'];
  if (guard === undefined || guard.trim() === anyAccount) {
    return read;
  }
  return { ...read, ...guardWords(guard, report) };
}

function guardWords(guard: string, report: Report): HopWords {
  if (parseList(guard, 'allowed-account-ids', () => undefined).length === 0) {
    report({
      where: 'allowed-account-ids',
      what: 'the list is empty',
      fix: 'An unset variable is the usual cause: set it, or take the input out to allow any account',
    });
    return {};
  }
  return parseHopWords({ 'allowed-account-ids': guard }, '', report);
}

function isList(name: InputName): boolean {
  return name === 'managed-session-policies' || name === 'transitive-tag-keys';
}
