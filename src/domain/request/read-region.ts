import { parseOtherRegion, parseRegion } from '../identifiers/parse-region.js';
import type { Environment } from '../input/environment.js';
import type { Places } from '../input/place.js';

/** Returns the Region of the step, from the input or else AWS_REGION or AWS_DEFAULT_REGION, and which of them it is. */
export function readStepRegion(
  input: string,
  environment: Environment,
  { isOtherService, places }: { readonly isOtherService: boolean; readonly places: Places },
): { readonly region: string | undefined; readonly regionSource: 'aws-region' | 'AWS_REGION' | 'AWS_DEFAULT_REGION' } {
  const regionSource = input ? 'aws-region' : environment.AWS_REGION ? 'AWS_REGION' : 'AWS_DEFAULT_REGION';
  const text = input || environment[regionSource];
  const parse = isOtherService ? parseOtherRegion : parseRegion;
  return { region: text ? parse(text, places(regionSource)) : undefined, regionSource };
}
