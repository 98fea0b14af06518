import type { FailedTarget } from '../chain/outcome.js';
import { WalkFailed } from '../chain/outcome.js';
import { heading, type Part, paragraph, plainText } from '../document/parts.js';
import { isNonEmpty, type NonEmpty } from '../input/non-empty.js';
import { InvalidRequest, problemText } from '../input/problem.js';
import { explainFailure, type StopStory } from './explain-failure.js';

/** A failed step as somebody reads it. */
export interface Explanation {
  readonly title: string;
  /** A few words for the annotation. */
  readonly summary: string;
  /** The whole of it, for the log. */
  readonly story: string;
  /** The same, for other places than a log. */
  readonly parts: readonly Part[];
}

/** Characters an annotation may have; GitHub cuts far longer ones, and the log holds the story. */
const annotationLimit = 1_000;

/** Stories told in full; with more failures than that, the rest are told in a line. */
const mostStories = 10;

/** Explains why a step failed. */
export function explain(error: unknown): Explanation {
  if (error instanceof InvalidRequest) {
    return explainProblems(error);
  }
  if (error instanceof WalkFailed) {
    return explainStops(error.stops);
  }
  const text = error instanceof Error ? error.message : 'an error without words';
  const fix = error instanceof Error && 'fix' in error && typeof error.fix === 'string' ? [error.fix] : [];
  const title = 'The step failed';
  return explanation(title, [text, ...fix].join(' '), [heading(title), ...[text, ...fix].map(paragraph)]);
}

function explainProblems({ problems }: InvalidRequest): Explanation {
  const count = problems.length === 1 ? '' : ` (${problems.length} problems)`;
  const title = `The step cannot run as it is written${count}`;
  return explanation(title, problems.map(problemText).join('\n'), [
    heading(title),
    paragraph('No role was assumed, and nothing was exported.'),
    { kind: 'points', items: problems.map(({ where, what, fix }) => `${where}: ${what}.\n    → ${sentence(fix)}`) },
  ]);
}

function explainStops(stops: readonly FailedTarget[]): Explanation {
  const stories = sameFailure(stops).map(explainFailure);
  const first = stories[0] as StopStory;
  const names = stops.flatMap(({ target }) => (target.name === undefined ? [] : [target.name]));
  const title = names.length > 1 ? `${names.length} targets failed: ${names.join(', ')}` : first.title;
  const told = stories.slice(0, mostStories).flatMap(({ parts }) => parts);
  const rest = stories.slice(mostStories).map((story) => `${story.title}. ${story.summary}`);
  return explanation(title, stories.map(({ summary }) => summary).join('\n'), [
    ...(names.length > 1 ? [heading(title), paragraph('Nothing was exported for any target.')] : []),
    ...told,
    ...(rest.length > 0 ? [paragraph('And in the same way:'), { kind: 'points', items: rest } as const] : []),
  ]);
}

/** Targets that waited for one call have its failure in common. */
function sameFailure(stops: readonly FailedTarget[]): readonly NonEmpty<FailedTarget>[] {
  const failures = [...new Set(stops.map(({ failure }) => failure))];
  return failures
    .map((failure): readonly FailedTarget[] => stops.filter((stop) => stop.failure === failure))
    .filter(isNonEmpty);
}

function explanation(title: string, summary: string, parts: readonly Part[]): Explanation {
  return { title: cut(title, 200), summary: cut(summary, annotationLimit), story: plainText(parts), parts };
}

function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

function cut(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit - 20).join('')}… (see the log)`;
}
