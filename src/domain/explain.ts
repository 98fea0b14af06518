import { roleText } from './hop.js';
import { baseText } from './identity.js';
import { hopPlace } from './log-lines.js';
import { InvalidRequest, problemText } from './problem.js';
import type { Stopped } from './session.js';
import { StepStopped } from './step-stopped.js';

/** A failed step as somebody reads it: a title, one line for the annotation, and the whole story for the log. */
export interface Explanation {
  readonly title: string;
  readonly summary: string;
  readonly story: string;
}

/** Explains why a step failed. */
export function explain(error: unknown): Explanation {
  if (error instanceof InvalidRequest) {
    return explainProblems(error);
  }
  if (error instanceof StepStopped) {
    return explainStops(error.stops);
  }
  const text = error instanceof Error ? error.message : 'an error without words';
  const fix = error instanceof Error && 'fix' in error && typeof error.fix === 'string' ? error.fix : undefined;
  return { title: 'The step failed', summary: text, story: fix === undefined ? text : `${text}\n  → ${fix}` };
}

function explainProblems({ problems }: InvalidRequest): Explanation {
  const count = problems.length === 1 ? '' : ` (${problems.length} problems)`;
  return {
    title: `The step cannot run as it is written${count}`,
    summary: problems.map(problemText).join('\n'),
    story: problems.map(({ where, what, fix }) => `${where}: ${what}.\n  → ${fix}.`).join('\n'),
  };
}

function explainStops(stops: readonly Stopped[]): Explanation {
  const stories = stops.map(explainStop);
  const first = stories[0] as Explanation;
  const names = stops.flatMap(({ target }) => (target.name === undefined ? [] : [target.name]));
  return {
    title: names.length > 1 ? `${names.length} targets failed: ${names.join(', ')}` : first.title,
    summary: stories.map(({ summary }) => summary).join('\n'),
    story: stories.map(({ story }) => story).join('\n\n'),
  };
}

function explainStop({ target, sessions, hop, caller, failure }: Stopped): Explanation {
  const from = caller?.arn ?? sessions.at(-1)?.identity.arn ?? baseText(target.base);
  const place = hop === undefined ? 'Base identity' : hopPlace(sessions.length, [target]);
  const to = hop === undefined ? '' : ` → ${roleText(hop.role)}`;
  const request = failure.requestId === undefined ? '' : ` (request ${failure.requestId})`;
  const summary = `${place}: ${from}${to}: ${failure.operation}: ${failure.code}: ${failure.message}${request}`;
  return { title: `${place} failed: ${failure.code}`, summary, story: summary };
}
