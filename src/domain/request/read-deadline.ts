import { type RawInputs, trimmed } from '../input/input-names.js';
import type { Places } from '../input/place.js';
import { parseInteger } from '../input/scalar.js';

const input = 'action-timeout-s';
const defaultSeconds = 120;

/** Maximum seconds of a step, from the start of its process; undefined for no limit. */
export function readDeadline(inputs: RawInputs, places: Places): number | undefined {
  const bounds = { minimum: 0, maximum: 86_400 };
  const seconds = parseInteger(trimmed(inputs, input), bounds, places(input)) ?? defaultSeconds;
  return seconds === 0 ? undefined : seconds;
}
