import type { Profile } from '../shared-config/shared-config.js';
import type { Machine } from './machine.js';
import type { Provider } from './provider.js';
import { environmentKeys, hasContainer } from './provider.js';

/** What a profile provides: credentials, only settings, or a fault. */
export type ProfileProvider =
  | { readonly kind: 'provider'; readonly provider: Provider; readonly path: readonly string[] }
  | { readonly kind: 'settings' }
  | { readonly kind: 'fault'; readonly fault: string; readonly path: readonly string[] };

/** A profile to look up, and the `source_profile` path that led to it: names of profiles, its own name last. */
export interface ProfileLook {
  readonly machine: Machine;
  readonly profile: Profile;
  readonly path: readonly string[];
}

/** What a profile provides by one type of credentials; undefined if the profile does not configure that type. */
export type Found = ProfileProvider | undefined;

/** Credentials of a role in IAM Identity Center. */
export function sso(look: ProfileLook): Found {
  const { machine, profile } = look;
  const has = (word: string) => profile.entries.has(word);
  if (!['sso_session', 'sso_account_id', 'sso_role_name', 'sso_start_url', 'sso_region'].some(has)) {
    return undefined;
  }
  const session = profile.entries.get('sso_session');
  const needed = ['sso_account_id', 'sso_role_name', ...(session === undefined ? ['sso_start_url', 'sso_region'] : [])];
  const missing = needed.filter((word) => !has(word));
  if (missing.length > 0) {
    return fault(look, `it is configured for IAM Identity Center, and lacks ${missing.join(', ')}`);
  }
  return session === undefined || machine.files.ssoSessions.has(session)
    ? named('sso', 'sso_account_id', look)
    : fault(look, `sso_session names ${session}, and there is no such section`);
}

/** Access keys in a profile. `tokens` are the names of the session token, in the order of the tool. */
export function keysOf(
  entries: ReadonlyMap<string, string> | undefined,
  path: readonly string[],
  tokens: readonly string[],
): Found {
  const accessKeyId = entries?.get('aws_access_key_id');
  const secretAccessKey = entries?.get('aws_secret_access_key');
  if (accessKeyId === undefined) {
    return undefined;
  }
  if (accessKeyId === '' || !secretAccessKey) {
    const missing = accessKeyId === '' ? 'aws_access_key_id' : 'aws_secret_access_key';
    return { kind: 'fault', fault: `an incomplete key pair: ${missing} is missing or empty`, path };
  }
  const sessionToken = tokens.map((name) => entries?.get(name)).find((token) => token !== undefined);
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  return { kind: 'provider', provider: { kind: 'keys', credentials }, path };
}

/** Credentials that a command prints. */
export function credentialProcess({ profile, path }: ProfileLook): Found {
  const command = profile.entries.get('credential_process');
  return command === undefined
    ? undefined
    : { kind: 'provider', provider: { kind: 'process', profile: profile.name, files: profile.files, command }, path };
}

/** Credentials of a sign-in, which the SDK reads itself; undefined if the profile lacks the key `word`. */
export function named(kind: 'sso' | 'login', word: string, { profile, path }: ProfileLook): Found {
  return profile.entries.has(word)
    ? { kind: 'provider', provider: { kind, profile: profile.name, files: profile.files }, path }
    : undefined;
}

/** A result with credentials. */
export function provided(provider: Provider, { path }: ProfileLook): ProfileProvider {
  return { kind: 'provider', provider, path };
}

/** A result with a fault. */
export function fault({ path }: ProfileLook, text: string): ProfileProvider {
  return { kind: 'fault', fault: text, path };
}

/** An object with a property, or without it if its value is missing or empty. */
export function optional<Name extends string>(
  name: Name,
  value: string | undefined,
): { readonly [key in Name]?: string } {
  return value ? ({ [name]: value } as { readonly [key in Name]: string }) : {};
}

/** Credentials of the source that `credential_source` names. */
export function credentialSource(source: string, look: ProfileLook): ProfileProvider {
  const { environment } = look.machine;
  switch (source) {
    case 'Environment':
      return environment.AWS_ACCESS_KEY_ID && environment.AWS_SECRET_ACCESS_KEY
        ? provided(environmentKeys(environment), look)
        : fault(look, 'credential_source is Environment, and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set');
    case 'EcsContainer':
      return hasContainer(environment)
        ? provided({ kind: 'container' }, look)
        : fault(look, 'credential_source is EcsContainer, and no variable names a container endpoint');
    case 'Ec2InstanceMetadata':
      return provided({ kind: 'metadata' }, look);
    default:
      return fault(look, `credential_source ${source} is not one of Environment, EcsContainer, Ec2InstanceMetadata`);
  }
}
