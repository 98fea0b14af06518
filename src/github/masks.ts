import * as core from '@actions/core';
import { accountIdsWithin } from '../domain/iam/arn.js';
import { createScrubber } from '../domain/secrets/scrub.js';
import { splitsCommands } from './runner-kind.js';

const secrets = createScrubber();
let hidesAccountIds = false;

/** Masks values in the job's log: every later line shows them as `***`. */
export function mask(values: readonly string[]): void {
  hide(values);
  for (const value of new Set(values)) {
    for (const part of splitsCommands() ? value.split('::') : linesOf(value)) {
      if (part !== '') {
        core.setSecret(part);
      }
    }
  }
}

/** Minimum characters of a masked line of a multi-line secret: shorter ones would mask half of the log. */
const shortestLine = 4;

/** A runner masks each line of a secret separately. */
function linesOf(value: string): readonly string[] {
  const lines = value.split(/[\r\n]+/);
  return lines.length === 1 ? lines : lines.filter((line) => line.length >= shortestLine);
}

/** Removes values from this step's output, without a mask for the rest of the job. */
export function hide(values: readonly string[]): void {
  secrets.add(values);
}

/** From now on, masks every AWS account id before the first line that contains it. */
export function hideAccountIds(): void {
  hidesAccountIds = true;
}

/** A text without secrets, also encoded ones. */
export function scrub(text: string): string {
  maskAccountsIn(text);
  return secrets.scrub(text);
}

/** Masks account ids that only AWS returns: of the base identity, of a role without an account, in AWS's messages. */
function maskAccountsIn(text: string): void {
  if (hidesAccountIds) {
    mask(text.match(accountIdsWithin) ?? []);
  }
}
