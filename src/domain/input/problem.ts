/** One problem of a request: where it is, what is wrong, and how to fix it. */
export interface Problem {
  readonly where: string;
  readonly what: string;
  readonly fix: string;
}

/** What is wrong, and how to fix it. */
export type Refusal = Omit<Problem, 'where'>;

/** Collects problems, so that parsing continues and all problems are reported at once. */
export type Report = (problem: Problem) => void;

/** Maximum problems shown; a file of the wrong format would fill the log. */
const mostShown = 50;

/** Maximum characters shown of each part of a problem; a user's name or path can have any length. */
const mostCharacters = 2_000;

/** The error of an invalid request, with its problems; never contains a secret. */
export class InvalidRequest extends Error {
  /** The first problems, without duplicates. */
  readonly problems: readonly Problem[];
  /** The number of further problems. */
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

/** The usual cause of an empty item, and its fix. */
export const emptyItemFix =
  'An unset matrix value, variable or secret is the usual cause (matrix.account in a job without that matrix): set it';
