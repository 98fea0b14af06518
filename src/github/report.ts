import * as core from '@actions/core';
import type { Progress } from '../domain/chain/progress.js';
import { createScrubber } from '../domain/document/scrub.js';
import { logText, visibleText } from '../domain/document/visible-text.js';
import { accountIdsWithin } from '../domain/iam/arn.js';
import type { Environment } from '../domain/input/environment.js';
import { splitsAtLastColons } from './runner-kind.js';

/*
 * Every text that a step shows leaves it here, or as a summary, and passes `shown` first. The runner masks secrets only as
 * they are, so a secret in another form is taken out here; and it obeys lines, so no text may hold one that it would obey.
 */
const secrets = createScrubber();
let hidesAccountIds = false;
let rewritesColons = false;

/** Adapts what is written to the runner that reads it. */
export function adaptToRunner(environment: Environment): void {
  rewritesColons = splitsAtLastColons(environment);
}

/** Registers values as secrets of the job; every later line shows them as `***`. */
export function mask(values: readonly string[]): void {
  hide(values);
  for (const value of new Set(values)) {
    for (const part of rewritesColons ? value.split('::') : linesOf(value)) {
      if (part !== '') {
        core.setSecret(part);
      }
    }
  }
}

/** Characters that a line of a secret of several lines has at least: shorter ones would mask half of the log. */
const shortestLine = 4;

/** A runner masks each line of a secret by itself. */
function linesOf(value: string): readonly string[] {
  const lines = value.split(/[\r\n]+/);
  return lines.length === 1 ? lines : lines.filter((line) => line.length >= shortestLine);
}

/** Takes values out of what this step shows, without a mask for the rest of the job. */
export function hide(values: readonly string[]): void {
  secrets.add(values);
}

/** From now on, every AWS account id is registered as a secret before the first line that shows it. */
export function hideAccountIds(): void {
  hidesAccountIds = true;
}

/** A text without secrets, in whatever form they are in it. */
export function scrub(text: string): string {
  maskAccountsIn(text);
  return secrets.scrub(text);
}

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

/** Only AWS knows some accounts: the base identity's, a role's that was named without one, those in AWS's own words. */
function maskAccountsIn(text: string): void {
  if (hidesAccountIds) {
    mask(text.match(accountIdsWithin) ?? []);
  }
}

/** Line feeds are escaped by the command itself, and GitHub's runner ends its header at the first `::`. */
function annotationText(text: string): string {
  const shown = visibleText(scrub(text));
  return rewritesColons ? withoutColons(shown) : shown;
}

/** Every IAM ARN has two colons; a role is written as account and name instead. */
function withoutColons(text: string): string {
  return text
    .replaceAll(/arn:[\w-]+:(?:iam|sts)::(\d{12}|\*\*\*):([^\s,;)'"]*[^\s,;:.)'"])/g, '$2 (account $1)')
    .replaceAll('::', ': :');
}
