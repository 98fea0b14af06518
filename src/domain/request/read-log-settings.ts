import { type InputName, type RawInputs, trimmed } from '../input/inputs.js';
import { placeOf } from '../input/place.js';
import type { Report } from '../input/problem.js';
import { parseBoolean } from '../input/scalar.js';
import type { LogSettings } from './settings.js';

/**
 * Read before the request, because problems of the request are logged too. An invalid boolean is a problem, and
 * masks until then.
 */
export function readLogSettings(inputs: RawInputs, report: Report): LogSettings {
  const flag = (name: InputName, otherwise: boolean) =>
    parseBoolean(trimmed(inputs, name), placeOf(name, report)) ?? otherwise;
  return {
    masksAccountIds: flag('mask-aws-account-id', trimmed(inputs, 'mask-aws-account-id') !== ''),
    writesSummary: flag('job-summary', true),
  };
}
