import { getInput } from '@actions/core';
import { type InputName, inputNames, type RawInputs } from '../domain/input/inputs.js';
import { withVariables } from '../domain/input/translated-inputs.js';
import type { OtherInputs } from '../domain/input/unknown-inputs.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads every input as the workflow wrote it, blanks at its ends included: an empty last line of a list has a meaning. */
export function readInputs(environment: Variables): RawInputs {
  const given = inputNames.filter((name) => environment[variableOf(name)] !== undefined);
  const inputs = Object.fromEntries(given.map((name) => [name, getInput(name, { trimWhitespace: false })]));
  return withVariables(inputs, environment);
}

/** Reads what was given under names that are no inputs: the runner hands that over as well, and only warns of it. */
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
