import { getInput } from '@actions/core';
import { type InputName, inputNames, type RawInputs } from '../domain/input/input-names.js';
import { withVariables } from '../domain/input/translated-inputs.js';
import type { OtherInputs } from '../domain/input/unknown-inputs.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads every input untrimmed: an empty last line of a list is significant. */
export function readInputs(environment: Variables): RawInputs {
  const given = inputNames.filter((name) => environment[variableOf(name)] !== undefined);
  const inputs = Object.fromEntries(given.map((name) => [name, getInput(name, { trimWhitespace: false })]));
  return withVariables(inputs, environment);
}

/** Reads unknown inputs: the runner passes them too, with only a warning. */
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
