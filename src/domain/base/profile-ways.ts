import { isRoleArn, type RoleArn } from '../iam/arn.js';
import { parseRole } from '../iam/parse-role.js';
import type { Environment } from '../input/environment.js';
import { nowhere } from '../input/place.js';
import { quote } from '../input/problem.js';
import type { Profile, SharedConfig } from '../shared-config/profiles.js';
import type { Provider } from './provider.js';

/** What the tools look into: the variables of the job, and the machine's AWS files. */
export interface Machine {
  readonly environment: Environment;
  readonly files: SharedConfig;
}

/** What a profile gives: credentials, settings only, or a fault that names what is wrong. */
export type ProfileProvider =
  | { readonly kind: 'provider'; readonly provider: Provider; readonly path: readonly string[] }
  | { readonly kind: 'settings' }
  | { readonly kind: 'fault'; readonly fault: string; readonly path: readonly string[] };

/** A look at one profile, and the profiles that led to it, itself last. */
export interface ProfileLook {
  readonly machine: Machine;
  readonly profile: Profile;
  readonly path: readonly string[];
}

/** What one way gives; undefined where the profile has no words for it. */
export type Found = ProfileProvider | undefined;

/** A token file and a role. */
export function webIdentity(look: ProfileLook): Found {
  const { entries } = look.profile;
  const tokenFile = entries.get('web_identity_token_file');
  const roleArn = entries.get('role_arn');
  if (tokenFile === undefined) {
    return undefined;
  }
  if (!roleArn || !tokenFile) {
    return fault(look, `web_identity_token_file needs ${tokenFile ? 'role_arn' : 'a path'}`);
  }
  const role = readRole(roleArn);
  const name = optional('roleSessionName', entries.get('role_session_name'));
  return role === undefined
    ? fault(look, notARole(roleArn))
    : provided({ kind: 'web-identity', role, tokenFile, ...name }, look);
}

/** The role of an ARN; undefined where it is none. */
export function readRole(arn: string): RoleArn | undefined {
  const role = parseRole(arn, nowhere)?.role;
  return role !== undefined && isRoleArn(role) ? role : undefined;
}

/** The fault of a text that is no role. */
export function notARole(arn: string): string {
  return `role_arn ${quote(arn)} is not the ARN of a role`;
}

/** A role of IAM Identity Center. */
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

/** A pair of keys in some entries of a profile. */
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

/** Credentials that a tool outside gives. */
export function named(kind: 'process' | 'sso' | 'login', word: string, { profile, path }: ProfileLook): Found {
  return profile.entries.has(word)
    ? { kind: 'provider', provider: { kind, profile: profile.name, files: profile.files }, path }
    : undefined;
}

/** Credentials that were found. */
export function provided(provider: Provider, { path }: ProfileLook): ProfileProvider {
  return { kind: 'provider', provider, path };
}

/** What is wrong. */
export function fault({ path }: ProfileLook, text: string): ProfileProvider {
  return { kind: 'fault', fault: text, path };
}

/** A word that may be missing. */
export function optional<Name extends string>(
  name: Name,
  value: string | undefined,
): { readonly [key in Name]?: string } {
  return value ? ({ [name]: value } as { readonly [key in Name]: string }) : {};
}
