import * as core from '@actions/core';
import type { Progress } from '../domain/chain/progress.js';
import { accountIdsWithin } from '../domain/iam/arn.js';

/** Registers values as secrets of the job; every later line shows them as `***`. */
export function mask(values: readonly string[]): void {
  for (const value of new Set(values)) {
    if (value !== '') {
      core.setSecret(value);
    }
  }
}

let hidesAccountIds = false;

/** From now on, every AWS account id is registered as a secret before the first line that shows it. */
export function hideAccountIds(): void {
  hidesAccountIds = true;
}

/** Writes plain lines to the log; somebody's text in them is never taken for a workflow command. */
export function log(text: string): void {
  maskAccountsIn(text);
  core.info(text.split('\n').map(harmless).join('\n'));
}

/** Writes a warning with an annotation. */
export function warn(text: string): void {
  core.warning(oneCommand(text));
}

/** Writes a notice with an annotation. */
export function notice(text: string): void {
  core.notice(oneCommand(text));
}

/** Writes the step's one error annotation; the explanation itself stands in the log. */
export function fail(title: string, text: string): void {
  core.error(oneCommand(text), { title: oneCommand(title) });
}

/** An error annotation as a line of the log, for whoever writes it when this thread cannot. */
export function errorCommand(title: string, text: string): string {
  const escaped = [title, text].map((one) => oneCommand(one).replaceAll('%', '%25').replaceAll('\n', '%0A'));
  return `::error title=${escaped[0]?.replaceAll(':', '%3A').replaceAll(',', '%2C')}::${escaped[1]}`;
}

/** Only AWS knows some accounts: the base identity's, a role's that was named without one, those in AWS's own words. */
function maskAccountsIn(text: string): void {
  if (hidesAccountIds) {
    mask(text.match(accountIdsWithin) ?? []);
  }
}

/** The walk's reports, on the job's log. */
export const progress: Progress = { mask, info: log, warn };

/** A line that begins like a command, or holds the old form of one, is shown rather than obeyed. */
function harmless(line: string): string {
  return line.replaceAll('##[', '# #[').replace(/^(\s*)::/, '$1: :');
}

/**
 * Some runners end a command's header at the last `::` of the line, and every IAM ARN has one; a role is written as
 * account and name instead.
 */
function oneCommand(text: string): string {
  maskAccountsIn(text);
  return text
    .replaceAll(/arn:[\w-]+:(?:iam|sts)::(\d{12}|\*\*\*):([^\s,;)'"]*[^\s,;:.)'"])/g, '$2 (account $1)')
    .replaceAll('##[', '# #[')
    .replaceAll('::', ': :');
}
