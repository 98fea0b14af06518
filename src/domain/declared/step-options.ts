import { anyAccount, type InputName, type RawInputs, trimmed } from '../input/inputs.js';
import { placeOf } from '../input/place.js';
import type { Report } from '../input/problem.js';
import { scalarOf } from '../input/value-node.js';
import { type HopOptions, hopOptionNames, parseHopOption } from './hop-options.js';

/** Options that are lists: an empty last line of theirs has a meaning. */
const lists = ['managed-session-policies', 'transitive-tag-keys', 'allowed-account-ids'];

/** The inputs that are also options of a hop. */
export function stepOptions(inputs: RawInputs, report: Report): HopOptions {
  const names = hopOptionNames.filter((name): name is InputName => name !== 'role-to-assume');
  const given = names.filter((name) =>
    name === 'allowed-account-ids' ? guards(inputs) : trimmed(inputs, name) !== '',
  );
  const read = given.map((name) => {
    const text = lists.includes(name) ? (inputs[name] ?? '') : trimmed(inputs, name);
    return parseHopOption(name, scalarOf(text), placeOf(name, report));
  });
  return Object.assign({}, ...read) as HopOptions;
}

/** Whether `allowed-account-ids` refuses any account; an empty list, of an unset variable, must not pass for `any`. */
function guards({ 'allowed-account-ids': ids }: RawInputs): boolean {
  return ids !== undefined && ids.trim() !== anyAccount;
}
