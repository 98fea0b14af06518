import { type InputName, inputNames, type RawInputs } from './input-names.js';
import { misspelt, singularParts } from './nearest.js';
import type { Places } from './place.js';
import { quote } from './quote.js';

/** Unknown inputs with lower-case names, as the runner passes them. */
export type OtherInputs = Readonly<Record<string, string>>;

/** A misspelt input name and the intended one. */
interface Misspelling {
  readonly name: string;
  readonly meant: InputName;
}

function misspellings(others: OtherInputs): readonly Misspelling[] {
  return Object.keys(others).flatMap((name) => {
    const meant = misspelt(name, inputNames);
    return meant === undefined ? [] : [{ name, meant: meant as InputName }];
  });
}

/** Reports every misspelt input, so that an account guard or dry run is not silently ignored. */
export function reportMisspelt(others: OtherInputs, places: Places): void {
  for (const { name, meant } of misspellings(others)) {
    places(name).report(`${quote(name)} is not an input of this action`, `Write it as ${meant}`);
  }
}

/**
 * Returns the inputs with misspelt names corrected, so that secrets are masked in time and no follow-up problem is
 * reported. A step with a misspelt input fails in any case.
 */
export function withMisspelt(inputs: RawInputs, others: OtherInputs): RawInputs {
  const meant = misspellings(others).filter(({ meant }) => ['', 'false'].includes((inputs[meant] ?? '').trim()));
  return { ...inputs, ...Object.fromEntries(meant.map(({ name, meant }) => [meant, others[name]])) };
}

/** Returns a warning about unknown inputs that are no misspellings; undefined if there are none. */
export function unknownWarning(others: OtherInputs): string | undefined {
  const known = misspellings(others).map(({ name }) => name);
  const unknown = Object.keys(others).filter((name) => !known.includes(name));
  const meant = [...new Set(unknown.flatMap((name) => withAllParts(name) ?? []))];
  const hint = meant.length === 0 ? '' : ` Did you mean ${meant.join(', ')}?`;
  return unknown.length === 0
    ? undefined
    : `This action has no ${unknown.length === 1 ? 'input' : 'inputs'} ${unknown.map(quote).join(', ')}; what is given there has no effect.${hint}`;
}

/** The input whose name contains every part of a given name, such as `external-id`; undefined if several do or none. */
function withAllParts(name: string): InputName | undefined {
  const parts = singularParts(name);
  const [found, ...others] = inputNames.filter((input) => {
    const all = singularParts(input);
    return parts.length === 1 ? all.length === 2 && all[1] === parts[0] : parts.every((part) => all.includes(part));
  });
  return others.length === 0 ? found : undefined;
}
