import type { Environment } from '../input/environment.js';

/** The name prefix of the profile that reads the environment's keys, for tools that prefer a profile. */
const environmentProfilePrefix = 'assume-role-environment';

/**
 * A current profile hides the exported keys from the JavaScript SDK, and an empty or missing one makes the AWS CLI and
 * boto3 fail. A variable cannot be unset, so it is set to a profile that reads the keys.
 */
export function environmentProfileName(
  { AWS_PROFILE, AWS_DEFAULT_PROFILE }: Environment,
  step: string,
): string | undefined {
  const names = AWS_PROFILE !== undefined || AWS_DEFAULT_PROFILE !== undefined;
  return names ? `${environmentProfilePrefix}-${step.slice(0, 8)}` : undefined;
}
