import { secretLines } from './secret-forms.js';
import type { Leak } from './step-result.js';

// Shorter lines of a multi-line secret (a single brace, `-----`) are not secret.
const shortestLine = 8;

/** Finds every watched secret in raw lines, literal or escaped as in a workflow command. */
export function findLeaks(lines: readonly string[], secrets: Iterable<string>): Leak[] {
  const watched = [...secrets].map((value) => ({ value, forms: visibleForms(value) }));
  return lines.flatMap((line) =>
    watched.filter(({ forms }) => forms.some((form) => line.includes(form))).map(({ value }) => ({ value, line })),
  );
}

function visibleForms(value: string): string[] {
  const escaped = value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return [value, escaped, ...secretLines(value).filter((line) => line.length >= shortestLine)];
}
