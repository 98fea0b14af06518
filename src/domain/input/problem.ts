import { strangeCharacter } from './strange-characters.js';

/** One thing wrong with a request: where it stands, what is wrong, and how to mend it. */
export interface Problem {
  readonly where: string;
  readonly what: string;
  readonly fix: string;
}

/** Collects problems, so that a parser can go on and every problem is told at once. */
export type Report = (problem: Problem) => void;

/** Problems that are shown; what is wrong with a text of another kind would fill the log. */
const mostShown = 50;

/** Characters that are shown of each part of a problem: a name or path from outside may be of any length. */
const mostCharacters = 2_000;

/** A request that cannot be carried out; carries the problems found, never a secret. */
export class InvalidRequest extends Error {
  /** The first ones, each once. */
  readonly problems: readonly Problem[];
  /** How many there are besides. */
  readonly more: number;

  constructor(problems: readonly Problem[]) {
    const all = [...new Map(problems.map(shortened).map((problem) => [problemText(problem), problem])).values()];
    const shown = all.slice(0, mostShown);
    super(shown.map(problemText).join('\n'));
    this.name = 'InvalidRequest';
    this.problems = shown;
    this.more = all.length - shown.length;
  }
}

function shortened({ where, what, fix }: Problem): Problem {
  const [shortWhere = '', shortWhat = '', shortFix = ''] = [where, what, fix].map((text) =>
    text.length > mostCharacters
      ? `${text.slice(0, mostCharacters - 200)}… (${text.length} characters in all) …${text.slice(-100)}`
      : text,
  );
  return { where: shortWhere, what: shortWhat, fix: shortFix };
}

/** A problem as one line of text. */
export function problemText({ where, what, fix }: Problem): string {
  return `${where}: ${what}. ${fix}`;
}

/** What mostly makes an item empty, and what to do. */
export const emptyItemFix =
  'An unset matrix value, variable or secret is the usual cause (matrix.account in a job without that matrix): set it';

/**
 * Quotes somebody's text for a message: control characters shown, long texts shortened in the middle, and the first
 * character named that only looks like another one.
 */
export function quote(text: string): string {
  const shown = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll('\\\\', '\\');
  const strange = strangeCharacter(text);
  const note = strange === undefined ? '' : ` (with ${strange.name})`;
  return `'${shown.length > 120 ? `${shown.slice(0, 80)}…${shown.slice(-30)}` : shown}'${note}`;
}
