import { groupBy, type NonEmpty } from '../input/non-empty.js';
import type { UndoOutcome } from '../shared-config/undo-sections.js';

/**
 * The outcome of undoing one section of one file. `handed on`: another step overwrote the section since, and restores
 * the original when that step's job ends. `failed`: not restored, for the `reason`.
 */
export interface SectionOutcome {
  readonly path: string;
  readonly section: string;
  readonly outcome: UndoOutcome | 'handed on' | 'failed';
  readonly reason?: string;
}

/** Maximum sections that a line names; further ones are only counted. */
const mostNames = 5;

const outcomeTexts: Readonly<Record<SectionOutcome['outcome'], string>> = {
  restored: 'as before the step',
  changed: 'changed by another process since; the change is kept, and the keys of the step were removed',
  missing: 'gone already',
  'handed on': 'overwritten since by another step, which restores the original when it ends',
  failed: 'not restored',
};

/** The log lines about a step's profile sections: one for each file and outcome. */
export function undoLines(outcomes: readonly SectionOutcome[]): readonly string[] {
  return groupBy(outcomes, ({ path, outcome, reason }) => JSON.stringify([path, outcome, reason])).map(groupLine);
}

function groupLine(group: NonEmpty<SectionOutcome>): string {
  const [{ path, outcome, reason }] = group;
  const names = group.slice(0, mostNames).map(({ section }) => `[${section}]`);
  const more = group.length > names.length ? [`and ${group.length - names.length} more`] : [];
  const what = group.length === 1 ? 'Profile section' : 'Profile sections';
  const why = reason === undefined ? '' : ` (${reason})`;
  return `${what} ${[...names, ...more].join(', ')} in ${path}: ${outcomeTexts[outcome]}${why}.`;
}
