import { type InputName, type RawInputs, trimmed } from '../input/input-names.js';
import type { Places } from '../input/place.js';
import { parseBoolean } from '../input/scalar.js';
import type { LogSettings } from './settings.js';

/**
 * Read before the request, because problems of the request are logged too. An invalid boolean is a problem, and
 * masks until then.
 */
export function readLogSettings(inputs: RawInputs, places: Places): LogSettings {
  const flag = (name: InputName, otherwise: boolean) => parseBoolean(trimmed(inputs, name), places(name)) ?? otherwise;
  return {
    masksAccountIds: flag('mask-aws-account-id', trimmed(inputs, 'mask-aws-account-id') !== ''),
    writesSummary: flag('job-summary', true),
  };
}
