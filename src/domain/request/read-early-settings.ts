import { type InputName, type RawInputs, trimmed } from '../input/input-names.js';
import { placesOf } from '../input/place.js';
import type { Problem } from '../input/problem.js';
import { parseBoolean, parseInteger } from '../input/scalar.js';
import type { LogSettings } from './settings.js';

/**
 * The settings that a step needs before it can report a problem of the request: how long it may take, and what its log
 * and job summary may show.
 */
export interface EarlySettings extends LogSettings {
  /** Maximum seconds of the step, from the start of its process; undefined for no limit. */
  readonly deadlineSeconds?: number;
  /** Invalid values; the request reports them together with its other problems. */
  readonly problems: readonly Problem[];
}

const defaultDeadline = 120;

/** Reads the early settings. An invalid `mask-aws-account-id` masks account IDs until it is reported. */
export function readEarlySettings(inputs: RawInputs): EarlySettings {
  const problems: Problem[] = [];
  const places = placesOf((problem) => problems.push(problem));
  const flag = (name: InputName, otherwise: boolean) => parseBoolean(trimmed(inputs, name), places(name)) ?? otherwise;
  const bounds = { minimum: 0, maximum: 86_400 };
  const seconds =
    parseInteger(trimmed(inputs, 'action-timeout-s'), bounds, places('action-timeout-s')) ?? defaultDeadline;
  return {
    masksAccountIds: flag('mask-aws-account-id', trimmed(inputs, 'mask-aws-account-id') !== ''),
    writesSummary: flag('job-summary', true),
    ...(seconds !== 0 && { deadlineSeconds: seconds }),
    problems,
  };
}
