import { type InputName, inputNames, type RawInputs } from './inputs.js';
import { misspelt } from './nearest.js';
import { quote, type Report } from './problem.js';

/** Inputs under names that this action does not have, as the runner hands them over: in lower case. */
export type OtherInputs = Readonly<Record<string, string>>;

/** An input that is given under a wrong name, and the one that is meant. */
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

/** Reports every input that can only be a misspelt one of ours: a guard or a dry run must not be lost in silence. */
export function reportMisspelt(others: OtherInputs, report: Report): void {
  for (const { name, meant } of misspellings(others)) {
    report({ where: name, what: `${quote(name)} is not an input of this action`, fix: `Write it as ${meant}` });
  }
}

/**
 * The inputs with misspelt ones under the names that are meant, so that nothing is masked too late, and no problem is
 * reported that only the wrong name makes. Such a step fails in any case.
 */
export function withMisspelt(inputs: RawInputs, others: OtherInputs): RawInputs {
  const meant = misspellings(others).filter(({ meant }) => ['', 'false'].includes((inputs[meant] ?? '').trim()));
  return { ...inputs, ...Object.fromEntries(meant.map(({ name, meant }) => [meant, others[name]])) };
}

/** A warning of the inputs that are nothing to this action; undefined without any. */
export function unknownWarning(others: OtherInputs): string | undefined {
  const known = misspellings(others).map(({ name }) => name);
  const unknown = Object.keys(others).filter((name) => !known.includes(name));
  return unknown.length === 0
    ? undefined
    : `This action has no ${unknown.length === 1 ? 'input' : 'inputs'} ${unknown.map(quote).join(', ')}; what is given there has no effect.`;
}
