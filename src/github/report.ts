import * as core from '@actions/core';
import type { Progress } from '../domain/chain/progress.js';
import { logText, visibleText } from '../domain/rendering/harmless-text.js';
import { mask, scrub } from './masks.js';
import { splitsCommands } from './runner-kind.js';

/*
 * All output of a step is written here or to the summary, and passes `shown` first. The runner masks secrets only
 * literally, so encoded secrets are removed here; it also executes workflow commands in lines, so they are escaped
 * here.
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

/** An error annotation as a log line, for the watchdog thread. */
export function errorCommand(title: string, text: string): string {
  const escaped = [title, text].map((one) => annotationText(one).replaceAll('%', '%25').replaceAll('\n', '%0A'));
  return `::error title=${escaped[0]?.replaceAll(':', '%3A').replaceAll(',', '%2C')}::${escaped[1]}`;
}

/** Reports a walk's progress in the job's log. */
export const progress: Progress = { mask, info: log, warn, debug };

/** The command escapes line feeds itself, and GitHub's runner ends its header at the first `::`. */
function annotationText(text: string): string {
  const shown = visibleText(scrub(text));
  return splitsCommands() ? withoutColons(shown) : shown;
}

/** Every IAM ARN contains `::`, so a role is written as account and name instead. */
function withoutColons(text: string): string {
  return text
    .replaceAll(/arn:[\w-]+:(?:iam|sts)::(\d{12}|\*\*\*):([^\s,;)'"]*[^\s,;:.)'"])/g, '$2 (account $1)')
    .replaceAll('::', ': :');
}
