import { type InputName, type RawInputs, trimmed } from '../input/inputs.js';
import { placeOf } from '../input/place.js';
import type { Report } from '../input/problem.js';
import { parseBoolean } from '../input/scalar.js';

/** What a step tells of its work. */
export interface LogSettings {
  readonly masksAccountIds: boolean;
  readonly writesSummary: boolean;
}

/**
 * Reads it by itself, because a request that cannot be read is told of as well. What is no boolean is a problem, and
 * masks meanwhile.
 */
export function readLogSettings(inputs: RawInputs, report: Report): LogSettings {
  const flag = (name: InputName, otherwise: boolean) =>
    parseBoolean(trimmed(inputs, name), placeOf(name, report)) ?? otherwise;
  return {
    masksAccountIds: flag('mask-aws-account-id', trimmed(inputs, 'mask-aws-account-id') !== ''),
    writesSummary: flag('job-summary', true),
  };
}
