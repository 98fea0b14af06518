import { getInput } from '@actions/core';
import { type InputName, inputNames, type RawInputs } from '../domain/input/inputs.js';

/** Reads every input as the workflow wrote it, blanks at its ends included: an empty last line of a list has a meaning. */
export function readInputs(environment: Readonly<Record<string, string | undefined>>): RawInputs {
  const given = inputNames.filter((name) => environment[variableOf(name)] !== undefined);
  return Object.fromEntries(given.map((name) => [name, getInput(name, { trimWhitespace: false })]));
}

function variableOf(name: InputName): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}
