import { getInput } from '@actions/core';
import { type InputName, inputNames, type RawInputs } from '../domain/input/input-names.js';
import { withVariables } from '../domain/input/translated-inputs.js';
import type { OtherInputs } from '../domain/input/unknown-inputs.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads every input untrimmed, because an empty last line of a list is a problem to report. */
export function readInputs(environment: Variables): RawInputs {
  const given = inputNames.filter((name) => environment[variableOf(name)] !== undefined);
  const inputs = Object.fromEntries(given.map((name) => [name, getInput(name, { trimWhitespace: false })]));
  return withVariables(inputs, environment);
}

/** Reads the inputs that action.yml does not have: the runner only warns about them, and passes them on. */
export function readOtherInputs(environment: Variables): OtherInputs {
  const known = new Set(inputNames.map(variableOf));
  const others = Object.entries(environment).filter(
    ([name]) => /^INPUT_./i.test(name) && !known.has(name.toUpperCase()),
  );
  return Object.fromEntries(others.map(([name, value = '']) => [name.slice('INPUT_'.length).toLowerCase(), value]));
}

function variableOf(name: InputName): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}
