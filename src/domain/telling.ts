import { type InputName, type RawInputs, trimmed } from './input-names.js';
import type { Report } from './problem.js';
import { parseBoolean } from './scalar.js';

/** What a step tells of its work. */
export interface Telling {
  readonly masksAccountIds: boolean;
  readonly writesSummary: boolean;
}

/**
 * Reads it by itself, because a request that cannot be read is told of as well. What is no boolean is a problem, and
 * masks meanwhile.
 */
export function readTelling(inputs: RawInputs, report: Report): Telling {
  const flag = (name: InputName, otherwise: boolean) => parseBoolean(trimmed(inputs, name), name, report) ?? otherwise;
  return {
    masksAccountIds: flag('mask-aws-account-id', trimmed(inputs, 'mask-aws-account-id') !== ''),
    writesSummary: flag('job-summary', true),
  };
}
