import type { ReachedTarget } from '../chain/outcome.js';
import { type Environment, identityVariables, overridingVariables } from '../input/environment.js';
import type { HandoverRequest, HandoverSources } from './handover-sources.js';

/** The variables to export for an existing identity that is kept: at most its Region. */
export function keptVariables(current: ReachedTarget, { handover }: HandoverRequest): Record<string, string> {
  return handover.environment || handover.identityOnly ? regionsOf(current) : {};
}

/** The variables to export: keys or a profile, and blanks for variables that would take precedence. */
export function environmentOf(current: ReachedTarget | undefined, sources: HandoverSources): Record<string, string> {
  const { request, environment } = sources;
  const { handover, unsetsCurrent } = request;
  const blanked = unsetsCurrent
    ? blank(
        environment,
        identityVariables.filter((name) => !name.endsWith('PROFILE')),
      )
    : {};
  if (current === undefined) {
    return blanked;
  }
  const regions = regionsOf(current);
  if (handover.identityOnly) {
    return { ...blanked, ...regions };
  }
  if (handover.environment) {
    return {
      ...blanked,
      ...keysOf(current, environment),
      ...regions,
      ...(handover.profile === undefined
        ? environmentProfileVariables(sources.environmentProfile, environment)
        : profileVariables(handover.profile, environment)),
    };
  }
  const becomesCurrent = handover.refresh || (request.targets.length > 1 && handover.profile !== undefined);
  if (!becomesCurrent) {
    return blanked;
  }
  return {
    ...blanked,
    ...blank(environment, overridingVariables),
    ...regions,
    ...profileVariables(handover.profile, environment),
  };
}

function keysOf({ credentials }: ReachedTarget, environment: Environment): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const token = sessionToken ?? (environment.AWS_SESSION_TOKEN ? '' : undefined);
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(token !== undefined && { AWS_SESSION_TOKEN: token }),
    // These two belong to earlier keys, and boto3 would use them together with the new keys.
    ...blank(environment, ['AWS_SECURITY_TOKEN', 'AWS_CREDENTIAL_EXPIRATION']),
  };
}

/** Sets AWS_PROFILE; AWS_DEFAULT_PROFILE too if the job has it: boto3 and version 1 of the AWS CLI prefer that one. */
function profileVariables(profile: string | undefined, environment: Environment): Record<string, string> {
  if (profile === undefined) {
    return {};
  }
  const hasOlder = environment.AWS_DEFAULT_PROFILE !== undefined;
  return { AWS_PROFILE: profile, ...(hasOlder && { AWS_DEFAULT_PROFILE: profile }) };
}

/** Sets each profile variable that the job has, even an empty one, to the environment profile. */
function environmentProfileVariables(profile: string | undefined, environment: Environment): Record<string, string> {
  const names = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'].filter((name) => environment[name] !== undefined);
  return profile === undefined ? {} : Object.fromEntries(names.map((name) => [name, profile]));
}

function regionsOf({ target: { region } }: ReachedTarget): Record<string, string> {
  return region === undefined ? {} : { AWS_REGION: region, AWS_DEFAULT_REGION: region };
}

/** Sets to an empty text those of the variables that have a value. */
function blank(environment: Environment, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.filter((name) => environment[name]).map((name) => [name, '']));
}
