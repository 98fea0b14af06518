import { anyAccount, type InputName, type RawInputs, trimmed } from '../input/inputs.js';
import type { Report } from '../input/problem.js';
import { parseList } from '../input/scalar.js';
import { type HopOptions, hopOptionNames, parseHopOptions } from './hop-options.js';

/** The inputs that are also words of a hop. */
export function stepOptions(inputs: RawInputs, report: Report): HopOptions {
  const names = hopOptionNames.filter(
    (word): word is InputName => word !== 'role-to-assume' && word !== 'allowed-account-ids',
  );
  const given = names.filter((name) => trimmed(inputs, name) !== '');
  const words = Object.fromEntries(
    given.map((name) => [name, isList(name) ? (inputs[name] ?? '') : trimmed(inputs, name)]),
  );
  const read = parseHopOptions(words, '', report);
  const guard = inputs['allowed-account-ids'];
  if (guard === undefined || guard.trim() === anyAccount) {
    return read;
  }
  return { ...read, ...guardWords(guard, report) };
}

function guardWords(guard: string, report: Report): HopOptions {
  if (parseList(guard, 'allowed-account-ids', () => undefined).length === 0) {
    report({
      where: 'allowed-account-ids',
      what: 'the list is empty',
      fix: 'An unset variable is the usual cause: set it, or take the input out to allow any account',
    });
    return {};
  }
  return parseHopOptions({ 'allowed-account-ids': guard }, '', report);
}

function isList(name: InputName): boolean {
  return name === 'managed-session-policies' || name === 'transitive-tag-keys';
}
