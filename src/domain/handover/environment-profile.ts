import type { Environment } from '../input/environment.js';
import type { HandoverSettings } from './handover-settings.js';

/** The start of the name of every environment profile. */
const environmentProfilePrefix = 'assume-role-environment';

/**
 * Returns the name of the environment profile; undefined if the job has no profile variable, or the workflow asks for
 * the keys alone. Tools need that profile: the JavaScript SDK prefers a profile to the exported keys, the AWS CLI and
 * boto3 fail if it is empty or missing, and a step cannot unset a variable.
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

/** The log line of the environment profile; undefined if no exported variable names it. */
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
  return `${before.join(' and ')}: for the rest of the job it is ${exported[first]}, a profile that reads the exported keys. So every AWS tool uses this identity. Tools that read only ~/.aws/credentials, and Docker actions, cannot use this profile; output-env-credentials: true exports only the keys.`;
}
