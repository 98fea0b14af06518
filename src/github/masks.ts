import * as core from '@actions/core';
import { accountIdsWithin } from '../domain/identifiers/arn.js';
import { createScrubber } from '../domain/secrets/scrub.js';
import { splitsCommands } from './runner-kind.js';

const secrets = createScrubber();
let hidesAccountIds = false;

/** Masks values in the log of the whole job: the runner shows them as `***` from now on. */
export function mask(values: readonly string[]): void {
  scrubFromOutput(values);
  for (const value of new Set(values)) {
    for (const part of splitsCommands() ? value.split('::') : linesOf(value)) {
      if (part !== '') {
        core.setSecret(part);
      }
    }
  }
}

/** Minimum characters of a line of a multi-line secret that is masked: a shorter mask would hide half of the log. */
const shortestLine = 4;

/** Splits a secret into the lines to mask, because a runner compares line by line. */
function linesOf(value: string): readonly string[] {
  const lines = value.split(/[\r\n]+/);
  return lines.length === 1 ? lines : lines.filter((line) => line.length >= shortestLine);
}

/** Removes values from the output of this step only; the runner does not mask them in the rest of the job. */
export function scrubFromOutput(values: readonly string[]): void {
  secrets.add(values);
}

/** Makes `scrub` mask every AWS account ID from now on, before the first line that contains it. */
export function maskAccountIds(): void {
  hidesAccountIds = true;
}

/** Returns a text without secrets, also encoded ones. All output of a step goes through this function. */
export function scrub(text: string): string {
  maskAccountsIn(text);
  return secrets.scrub(text);
}

/** Masks the account IDs in a text. Some are known only from AWS: in the base identity, or in an error message. */
function maskAccountsIn(text: string): void {
  if (hidesAccountIds) {
    mask(text.match(accountIdsWithin) ?? []);
  }
}
