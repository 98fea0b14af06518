import * as core from '@actions/core';
import { createScrubber } from '../domain/document/scrub.js';
import { accountIdsWithin } from '../domain/iam/arn.js';
import { splitsCommands } from './runner-kind.js';

const secrets = createScrubber();
let hidesAccountIds = false;

/** Registers values as secrets of the job; every later line shows them as `***`. */
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

/** Only AWS knows some accounts: the base identity's, a role's that was named without one, those in AWS's own words. */
function maskAccountsIn(text: string): void {
  if (hidesAccountIds) {
    mask(text.match(accountIdsWithin) ?? []);
  }
}
