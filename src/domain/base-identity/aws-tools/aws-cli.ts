import type { Machine } from '../machine.js';
import type { Provider } from '../provider.js';
import { profileAs, toolProfile } from './tool-profiles.js';
import { keysFound, lastFound, missing, type ToolIdentity, webIdentityFound } from './tool-search.js';

/** The identity that boto3 and version 1 of the AWS CLI would use: AWS_DEFAULT_PROFILE wins, even if it is empty. */
export function cliIdentity(machine: Machine): ToolIdentity {
  const { AWS_PROFILE, AWS_DEFAULT_PROFILE } = machine.environment;
  return cliIdentityAs(AWS_DEFAULT_PROFILE ?? AWS_PROFILE, machine);
}

/** The identity that version 2 of the AWS CLI would use: AWS_PROFILE wins, even if it is empty. */
export function cli2Identity(machine: Machine): ToolIdentity {
  const { AWS_PROFILE, AWS_DEFAULT_PROFILE } = machine.environment;
  return cliIdentityAs(AWS_PROFILE ?? AWS_DEFAULT_PROFILE, machine);
}

function cliIdentityAs(name: string | undefined, machine: Machine): ToolIdentity {
  const { files } = machine;
  const [broken] = files.faults;
  if (broken !== undefined) {
    return { kind: 'fault', fault: `${broken.path}: ${broken.what}` };
  }
  if (name !== undefined && profileAs('AWS CLI and boto3', name, machine) === undefined) {
    return missing(name);
  }
  return cliSearch(machine, name ?? 'default');
}

/** The identity that the AWS CLI and boto3 find with a profile as the current one, if the AWS files are valid. */
export function cliSearch(machine: Machine, name: string): ToolIdentity {
  const { environment } = machine;
  if (environment.AWS_ACCESS_KEY_ID) {
    return environment.AWS_SECRET_ACCESS_KEY
      ? keysFound(environment)
      : { kind: 'fault', fault: 'AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not' };
  }
  const profile = toolProfile('AWS CLI and boto3', name, machine);
  if (
    profile?.kind === 'found' &&
    profile.provider.kind === 'web-identity' &&
    isOther(environment.AWS_ROLE_ARN, profile.provider)
  ) {
    const fault = `AWS_ROLE_ARN is another role than its role_arn, which the AWS CLI and boto3 then do not use`;
    return { kind: 'fault', fault, profile: name };
  }
  const assumesRole = profile?.kind === 'found' && profile.provider.kind === 'assume-role';
  const isBrokenRole = profile?.kind === 'fault' && isRole(name, machine);
  return (
    (assumesRole || isBrokenRole ? profile : undefined) ??
    webIdentityFound(environment) ??
    profile ??
    lastFound(environment)
  );
}

function isOther(roleArn: string | undefined, { role }: Extract<Provider, { kind: 'web-identity' }>): boolean {
  return roleArn !== undefined && roleArn !== role.arn;
}

function isRole(name: string, { files }: Machine): boolean {
  const entries = files.profiles.get(name)?.entries;
  return entries?.has('role_arn') === true && !entries.has('web_identity_token_file');
}
