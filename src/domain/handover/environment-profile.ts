import type { Environment } from '../input/environment.js';
import type { HandoverSettings } from './handover-settings.js';

/** The name prefix of the profile that reads the environment's keys, for tools that prefer a profile. */
const environmentProfilePrefix = 'assume-role-environment';

/**
 * A current profile hides the exported keys from the JavaScript SDK, and an empty or missing one makes the AWS CLI and
 * boto3 fail. A variable cannot be unset, so it is set to a profile that reads the keys; not if the workflow asks for
 * variables only.
 */
export function environmentProfileName(
  { environmentAsked }: HandoverSettings,
  { AWS_PROFILE, AWS_DEFAULT_PROFILE }: Environment,
  step: string,
): string | undefined {
  if (environmentAsked) {
    return undefined;
  }
  const names = AWS_PROFILE !== undefined || AWS_DEFAULT_PROFILE !== undefined;
  return names ? `${environmentProfilePrefix}-${step.slice(0, 8)}` : undefined;
}

/** The log line for a profile that reads the environment's keys; undefined if no exported variable names one. */
export function environmentProfileLine(
  exported: Readonly<Record<string, string>>,
  environment: Environment,
): string | undefined {
  const names = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'].filter((name) =>
    exported[name]?.startsWith(environmentProfilePrefix),
  );
  const [first] = names;
  if (first === undefined) {
    return undefined;
  }
  const before = names.map((name) => `${name} (${environment[name] ? `was ${environment[name]}` : 'was empty'})`);
  return `${before.join(' and ')}: for the rest of the job it is ${exported[first]}, a profile that reads the exported keys, so that every AWS tool is this identity. Tools that read only ~/.aws/credentials, and Docker actions, cannot use it; output-env-credentials: true exports the keys alone.`;
}
