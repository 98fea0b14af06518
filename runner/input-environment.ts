import type { Action } from './load-action.js';

/** A step's `with:` as environment variables, and the runner's warnings about it. */
interface InputEnvironment {
  readonly environment: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

/**
 * Sets every declared input as `INPUT_<NAME>`, given or default (spaces become `_`, upper case, hyphens kept). An
 * undeclared input is passed on with a warning.
 */
export function inputEnvironment(action: Action, given: Readonly<Record<string, string>>): InputEnvironment {
  const environment: Record<string, string> = {};
  for (const [name, value] of [...action.inputs, ...Object.entries(given)]) {
    environment[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = value;
  }
  return { environment, warnings: [...deprecated(action, given), ...unexpected(action, given)] };
}

function deprecated(action: Action, given: Readonly<Record<string, string>>): string[] {
  return Object.keys(given).flatMap((name) => {
    const message = action.deprecations.get(name.toLowerCase());
    return message === undefined ? [] : [`Input '${name}' has been deprecated with message: ${message}`];
  });
}

function unexpected(action: Action, given: Readonly<Record<string, string>>): string[] {
  const valid = [...action.inputs.keys()];
  const known = new Set(valid.map((name) => name.toLowerCase()));
  const unknown = Object.keys(given).filter((name) => !known.has(name.toLowerCase()));
  if (unknown.length === 0) {
    return [];
  }
  return [`Unexpected input(s) '${unknown.join("', '")}', valid inputs are ['${valid.join("', '")}']`];
}
