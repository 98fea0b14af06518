import { readRoleArn } from '../identifiers/role-arn.js';
import { quote } from '../input/quote.js';
import type { Profile } from '../shared-config/shared-config.js';
import type { Machine } from './machine.js';
import {
  credentialProcess,
  credentialSource,
  type Found,
  fault,
  keysOf,
  named,
  optional,
  type ProfileLook,
  type ProfileProvider,
  provided,
  sso,
} from './profile-kinds.js';

/** The types of credentials that a profile can configure. */
export type CredentialType = keyof typeof credentialTypes;

/** How a tool reads profiles: the first type of credentials in its order that the profile configures is used. */
export interface ProfileReader {
  readonly machine: Machine;
  readonly order: readonly CredentialType[];
  /** Whether the tool skips a type that the profile configures wrongly. */
  readonly skipsFaults?: boolean;
}

/** One tool's lookup of a profile. */
type Look = ProfileLook & ProfileReader;

/** The INI keys that configure credentials; a profile without any of them has only settings. */
const credentialWords = [
  'aws_access_key_id',
  'aws_secret_access_key',
  'role_arn',
  'source_profile',
  'credential_source',
  'web_identity_token_file',
  'credential_process',
  'login_session',
  'sso_session',
  'sso_account_id',
  'sso_role_name',
  'sso_start_url',
  'sso_region',
] as const;

/** Returns what a profile provides to a tool; follows `source_profile` and `credential_source`, and nothing else. */
export function profileProvider(profile: Profile, reader: ProfileReader): ProfileProvider {
  return lookAt({ ...reader, profile, path: [profile.name] });
}

function lookAt(look: Look): ProfileProvider {
  for (const type of look.order) {
    const result = credentialTypes[type](look);
    if (result !== undefined && !(result.kind === 'fault' && look.skipsFaults)) {
      return result;
    }
  }
  const words = credentialWords.filter((word) => look.profile.entries.has(word));
  return words.length === 0 ? { kind: 'settings' } : fault(look, `${words.join(', ')} alone give no credentials`);
}

/** The names of the session token for the AWS CLI and boto3, which prefer the older one. */
const cliTokens = ['aws_security_token', 'aws_session_token'] as const;

const credentialTypes = {
  'assume-role': assumeRole,
  'web-identity': webIdentity,
  sso,
  keys: ({ profile, path }: Look) => keysOf(profile.entries, path, ['aws_session_token']),
  'credentials-file-keys': ({ profile, path }: Look) => keysOf(profile.credentials, path, cliTokens),
  'config-file-keys': ({ profile, path }: Look) => keysOf(profile.config, path, cliTokens),
  login: (look: Look) => named('login', 'login_session', look),
  process: credentialProcess,
} as const satisfies Record<string, (look: Look) => Found>;

/** Credentials of a role that is assumed with a token file. */
function webIdentity(look: ProfileLook): Found {
  const { entries } = look.profile;
  const tokenFile = entries.get('web_identity_token_file');
  const roleArn = entries.get('role_arn');
  if (tokenFile === undefined) {
    return undefined;
  }
  if (!roleArn || !tokenFile) {
    return fault(look, `web_identity_token_file needs ${tokenFile ? 'role_arn' : 'a path'}`);
  }
  const role = readRoleArn(roleArn);
  const name = optional('roleSessionName', entries.get('role_session_name'));
  return role === undefined
    ? fault(look, notARole(roleArn))
    : provided({ kind: 'web-identity', role, tokenFile, ...name }, look);
}

function assumeRole(look: Look): Found {
  const { profile, path } = look;
  const { entries } = profile;
  const roleArn = entries.get('role_arn');
  if (roleArn === undefined || entries.has('web_identity_token_file')) {
    return undefined;
  }
  // A source profile that has keys provides them instead of its role.
  if (path.length > 1 && hasKeys(profile)) {
    return undefined;
  }
  const source = sourceOf(look);
  if (source.kind !== 'provider') {
    return source;
  }
  if (entries.has('mfa_serial')) {
    return fault(look, 'mfa_serial requires a code, which a job cannot enter');
  }
  const role = readRoleArn(roleArn);
  if (role === undefined) {
    return fault(look, notARole(roleArn));
  }
  const duration = Number(entries.get('duration_seconds') ?? Number.NaN);
  return {
    ...source,
    provider: {
      kind: 'assume-role',
      role,
      ...optional('externalId', entries.get('external_id')),
      ...optional('roleSessionName', entries.get('role_session_name')),
      ...(Number.isInteger(duration) && { durationSeconds: duration }),
      source: source.provider,
    },
  };
}

function sourceOf(look: Look): ProfileProvider {
  const { entries } = look.profile;
  const [profile, source] = [entries.get('source_profile'), entries.get('credential_source')];
  if (profile !== undefined && source !== undefined) {
    return fault(look, 'source_profile and credential_source are both given');
  }
  if (profile !== undefined) {
    return sourceProfile(profile, look);
  }
  return source === undefined
    ? fault(look, 'role_arn has neither source_profile nor credential_source')
    : credentialSource(source, look);
}

function sourceProfile(name: string, look: Look): ProfileProvider {
  const { path } = look;
  const profile = look.machine.files.profiles.get(name);
  if (profile === undefined) {
    return fault(look, `source_profile names ${name}, and there is no such profile`);
  }
  const isItself = name === look.profile.name && path.length === 1 && hasKeys(profile);
  if (path.includes(name) && !isItself) {
    return fault(look, `source_profile is circular: ${[...path, name].join(' → ')}`);
  }
  const result = lookAt({ ...look, profile, path: [...path, name] });
  return result.kind === 'settings' ? fault(look, `source_profile names ${name}, which has no credentials`) : result;
}

function hasKeys({ entries }: Profile): boolean {
  return entries.has('aws_access_key_id') || entries.has('aws_secret_access_key');
}

function notARole(arn: string): string {
  return `role_arn ${quote(arn)} is not the ARN of a role`;
}
