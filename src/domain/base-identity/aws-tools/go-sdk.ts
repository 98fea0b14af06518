import type { Machine } from '../machine.js';
import { profileAs, toolProfile } from './tool-profiles.js';
import {
  keysFound,
  lastFound,
  missing,
  type ToolIdentity,
  webIdentityFound,
  withoutOlderToken,
} from './tool-search.js';

/** The identity that the AWS SDK for Go would use on this machine. */
export function goIdentity(machine: Machine): ToolIdentity {
  const { environment } = machine;
  const name = environment.AWS_PROFILE || environment.AWS_DEFAULT_PROFILE || 'default';
  if (environment.AWS_PROFILE && profileAs('AWS SDK for Go', environment.AWS_PROFILE, machine) === undefined) {
    return missing(environment.AWS_PROFILE);
  }
  // Go reads the profile first, so an invalid or ambiguous profile ends every search.
  const profile = conflict(name, machine) ?? toolProfile('AWS SDK for Go', name, machine);
  if (profile?.kind === 'fault') {
    return profile;
  }
  const keys = {
    AWS_ACCESS_KEY_ID: environment.AWS_ACCESS_KEY_ID || environment.AWS_ACCESS_KEY,
    AWS_SECRET_ACCESS_KEY: environment.AWS_SECRET_ACCESS_KEY || environment.AWS_SECRET_KEY,
  };
  const hasKeys = keys.AWS_ACCESS_KEY_ID && keys.AWS_SECRET_ACCESS_KEY;
  return (
    (hasKeys ? keysFound({ ...withoutOlderToken(environment), ...keys }) : undefined) ??
    webIdentityFound(environment) ??
    profile ??
    lastFound(environment)
  );
}

function conflict(name: string, { files }: Machine): ToolIdentity | undefined {
  const entries = files.profiles.get(name)?.entries;
  const types = ['source_profile', 'credential_source', 'credential_process', 'web_identity_token_file'];
  const given = types.filter((type) => entries?.has(type));
  const assumes = entries?.has('role_arn') && !entries.has('source_profile') && entries.has('aws_access_key_id');
  return given.length > 1 || assumes
    ? {
        kind: 'fault',
        fault: `it configures more than one source (${[...given, ...(assumes ? ['role_arn, keys'] : [])]})`,
        profile: name,
      }
    : undefined;
}
