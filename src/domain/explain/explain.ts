import type { CallFailure } from '../calls/call-failure.js';
import { type FailedTarget, WalkFailed } from '../chain/outcome.js';
import { messageOf } from '../input/error-message.js';
import { InvalidRequest, problemText } from '../input/problem.js';
import { heading, type Part, paragraph, plainText } from '../rendering/parts.js';
import { namesText } from './call-text.js';
import { explainFailure, type FailureStory, type StepFacts } from './explain-failure.js';
import { groupFailures } from './group-failures.js';
import { OutOfTime } from './out-of-time.js';

/** The explanation of a failed step. */
export interface Explanation {
  readonly title: string;
  /** The text of the annotation. */
  readonly summary: string;
  /** The whole explanation, for the log. */
  readonly story: string;
  /** The whole explanation, for the job summary. */
  readonly parts: readonly Part[];
}

/** Maximum characters of an annotation. GitHub cuts much longer ones; the log has the whole explanation. */
const annotationLimit = 1_000;

/** Maximum number of failures that are explained in full; each further one gets one line. */
const mostStories = 10;

/** Explains why a step failed, without secrets. */
export function explain(error: unknown, step: StepFacts): Explanation {
  const { title, summary, parts } = storyOf(error, step);
  // Secrets are removed before the texts are cut, because part of a secret may not be recognized.
  const [wholeTitle, wholeSummary] = [step.scrub(title), step.scrub(summary)];
  return { title: cut(wholeTitle, 200), summary: cut(wholeSummary, annotationLimit), story: plainText(parts), parts };
}

function storyOf(error: unknown, step: StepFacts): FailureStory {
  if (error instanceof InvalidRequest) {
    return explainProblems(error);
  }
  if (error instanceof WalkFailed) {
    return explainTargets(withoutSecrets(error.failed, step.scrub), step);
  }
  const text = messageOf(error);
  const fix = error instanceof Error && 'fix' in error && typeof error.fix === 'string' ? [error.fix] : [];
  const title = error instanceof OutOfTime ? error.title : 'The step failed';
  return { title, summary: [text, ...fix].join(' '), parts: [heading(title), ...[text, ...fix].map(paragraph)] };
}

function explainProblems({ problems, more }: InvalidRequest): FailureStory {
  const all = problems.length + more;
  const count = all === 1 ? '' : ` (${all} problems)`;
  const title = `The step cannot run as it is written${count}`;
  const points = problems.map(({ where, what, fix }) => `${where}: ${what}.\n    → ${sentence(fix)}`);
  return {
    title,
    summary: problems.map((problem) => sentence(problemText(problem))).join('\n'),
    parts: [
      heading(title),
      paragraph('No role was assumed, and nothing was exported.'),
      { kind: 'points', items: points },
      ...(more === 0
        ? []
        : [paragraph(`And ${more} more problems. Fix these first: many problems often have one cause.`)]),
    ],
  };
}

/**
 * Removes secrets from what services answered. Targets that shared a failure object share one afterwards: grouping
 * needs it.
 */
function withoutSecrets(failed: readonly FailedTarget[], scrub: StepFacts['scrub']): readonly FailedTarget[] {
  const scrubbed = new Map<CallFailure, CallFailure>();
  for (const { failure } of failed) {
    const { code, message, shape, requestId } = failure;
    scrubbed.set(failure, {
      ...failure,
      code: scrub(code),
      message: scrub(message),
      ...(shape !== undefined && { shape: scrub(shape) }),
      ...(requestId !== undefined && { requestId: scrub(requestId) }),
    });
  }
  return failed.map((one) => ({ ...one, failure: scrubbed.get(one.failure) ?? one.failure }));
}

function explainTargets(failed: readonly FailedTarget[], step: StepFacts): FailureStory {
  const stories = groupFailures(failed).map((group) => explainFailure(group, step));
  const [first] = stories as [FailureStory];
  const names = failed.flatMap(({ target }) => target.name ?? []);
  const summary = stories.map((story) => story.summary).join('\n');
  if (names.length <= 1) {
    return { title: first.title, summary, parts: stories.flatMap(({ parts }) => parts) };
  }
  const title = `${names.length} targets failed: ${namesText(names)}`;
  const rest = stories.slice(mostStories).map((story) => `${story.title}. ${story.summary.replaceAll('\n', ' ')}`);
  const parts = [
    heading(title),
    paragraph('Nothing was exported for any target.'),
    ...stories.slice(0, mostStories).flatMap((story) => story.parts.map(oneLevelDown)),
    ...(rest.length > 0 ? [paragraph('Further failures:'), { kind: 'points', items: rest } as const] : []),
  ];
  return { title, summary, parts };
}

function oneLevelDown(part: Part): Part {
  return part.kind === 'heading' ? { ...part, level: part.level + 1 } : part;
}

function sentence(text: string): string {
  return /[.?!…]$/.test(text) ? text : `${text}.`;
}

function cut(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit - 20).join('')}… (see the log)`;
}
