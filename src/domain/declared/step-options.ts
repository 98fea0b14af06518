import { anyAccount, type InputName, type RawInputs, trimmed } from '../input/input-names.js';
import type { Places } from '../input/place.js';
import { emptyItemFix } from '../input/problem.js';
import { scalarOf } from '../input/value-node.js';
import { type HopOptions, hopOptionNames, parseHopOption } from './hop-options.js';

/** Options that are lists. They are not trimmed, because an empty last item must be reported. */
const lists = ['managed-session-policies', 'transitive-tag-keys', 'allowed-account-ids'];

/** Options that restrict the session: an empty one must not be treated as absent. */
const restrictions = ['inline-session-policy', 'managed-session-policies'] as const;

/** Reads the step's inputs that are hop options; reports invalid ones. `role-to-assume` is read with the targets. */
export function stepOptions(inputs: RawInputs, places: Places): HopOptions {
  for (const name of restrictions.filter((each) => inputs[each] && trimmed(inputs, each) === '')) {
    places(name).report(
      'the input is only white space, so the restriction would be lost',
      `Fill it in, or remove the input if you mean no restriction. ${emptyItemFix}`,
    );
  }
  const names = hopOptionNames.filter((name): name is InputName => name !== 'role-to-assume');
  const given = names.filter((name) =>
    name === 'allowed-account-ids' ? restrictsAccounts(inputs) : trimmed(inputs, name) !== '',
  );
  const read = given.map((name) => {
    const text = lists.includes(name) ? (inputs[name] ?? '') : trimmed(inputs, name);
    return parseHopOption(name, scalarOf(text), places(name));
  });
  return Object.assign({}, ...read) as HopOptions;
}

/** Whether `allowed-account-ids` restricts accounts. An empty text does: an unset variable must not mean `any`. */
function restrictsAccounts({ 'allowed-account-ids': ids }: RawInputs): boolean {
  return ids !== undefined && ids.trim() !== anyAccount;
}
