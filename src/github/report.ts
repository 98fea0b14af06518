import * as core from '@actions/core';
import type { Progress } from '../domain/chain/progress.js';
import { logText, visibleText } from '../domain/document/visible-text.js';
import { mask, scrub } from './masks.js';
import { splitsCommands } from './runner-kind.js';

/*
 * Every text that a step shows leaves it here, or as a summary, and passes `shown` first. The runner masks secrets only as
 * they are, so a secret in another form is taken out here; and it obeys lines, so no text may hold one that it would obey.
 */

/** Writes plain lines to the log. No text in them is taken for a workflow command. */
export function log(text: string): void {
  core.info(logText(scrub(text)));
}

/** Writes to the log where step debugging is on. https://docs.github.com/en/actions/how-tos/monitor-workflows/enable-debug-logging */
export function debug(text: string): void {
  if (core.isDebug()) {
    core.debug(annotationText(text));
  }
}

/** Writes a warning with an annotation. */
export function warn(text: string): void {
  core.warning(annotationText(text));
}

/** Writes a notice with an annotation. */
export function notice(text: string): void {
  core.notice(annotationText(text));
}

/** Writes the step's one error annotation; the explanation itself is in the log. */
export function fail(title: string, text: string): void {
  core.error(annotationText(text), { title: annotationText(title).replaceAll('\n', ' ') });
}

/** An error annotation as a line of the log, for whoever writes it when this thread cannot. */
export function errorCommand(title: string, text: string): string {
  const escaped = [title, text].map((one) => annotationText(one).replaceAll('%', '%25').replaceAll('\n', '%0A'));
  return `::error title=${escaped[0]?.replaceAll(':', '%3A').replaceAll(',', '%2C')}::${escaped[1]}`;
}

/** The walk's reports, on the job's log. */
export const progress: Progress = { mask, info: log, warn, debug };

/** Line feeds are escaped by the command itself, and GitHub's runner ends its header at the first `::`. */
function annotationText(text: string): string {
  const shown = visibleText(scrub(text));
  return splitsCommands() ? withoutColons(shown) : shown;
}

/** Every IAM ARN has two colons; a role is written as account and name instead. */
function withoutColons(text: string): string {
  return text
    .replaceAll(/arn:[\w-]+:(?:iam|sts)::(\d{12}|\*\*\*):([^\s,;)'"]*[^\s,;:.)'"])/g, '$2 (account $1)')
    .replaceAll('::', ': :');
}
