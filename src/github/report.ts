import * as core from '@actions/core';
import type { Progress } from '../domain/chain/progress.js';
import { logText, visibleText } from '../domain/rendering/harmless-text.js';
import { mask, scrub } from './masks.js';
import { splitsCommands } from './runner-kind.js';

/*
 * All output of a step is written by this file or to the job summary, and goes through `scrub` first: the runner masks
 * secrets only as they are, not encoded. The runner also executes workflow commands in the log, so they are escaped.
 */

/** Writes plain lines to the log; workflow commands in them are escaped. */
export function log(text: string): void {
  core.info(logText(scrub(text)));
}

/**
 * Writes to the log if step debugging is on.
 * https://docs.github.com/en/actions/how-tos/monitor-workflows/enable-debug-logging
 */
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

/** Formats an error annotation as a line of the log, for the watchdog thread, which cannot call `fail`. */
export function errorCommand(title: string, text: string): string {
  const escaped = [title, text].map((one) => annotationText(one).replaceAll('%', '%25').replaceAll('\n', '%0A'));
  return `::error title=${escaped[0]?.replaceAll(':', '%3A').replaceAll(',', '%2C')}::${escaped[1]}`;
}

/** Reports a walk's progress in the job's log. */
export const progress: Progress = { mask, info: log, warn, debug };

/** Prepares a text for an annotation: without secrets and hidden characters, and without `::` for runners like act. */
function annotationText(text: string): string {
  const shown = visibleText(scrub(text));
  return splitsCommands() ? withoutColons(shown) : shown;
}

/** Rewrites a text without `::`. Every IAM ARN contains it, so a role is written as its name and account instead. */
function withoutColons(text: string): string {
  return text
    .replaceAll(/arn:[\w-]+:(?:iam|sts)::(\d{12}|\*\*\*):([^\s,;)'"]*[^\s,;:.)'"])/g, '$2 (account $1)')
    .replaceAll('::', ': :');
}
