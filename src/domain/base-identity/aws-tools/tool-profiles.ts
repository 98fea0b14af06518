import type { Profile } from '../../shared-config/shared-config.js';
import type { Machine } from '../machine.js';
import type { ProfileProvider } from '../profile-kinds.js';
import { type CredentialType, profileProvider } from '../profile-provider.js';
import type { Tool, ToolIdentity } from './tool-search.js';

const cliOrder: readonly CredentialType[] = [
  'assume-role',
  'web-identity',
  'sso',
  'credentials-file-keys',
  'login',
  'process',
  'config-file-keys',
];

/** Each tool's order of the credential types in one profile: the first type that the profile has wins. */
const orders: Readonly<Record<Tool, readonly CredentialType[]>> = {
  'AWS CLI and boto3': cliOrder,
  'AWS CLI 2': cliOrder,
  'AWS SDK for Go': ['assume-role', 'keys', 'web-identity', 'sso', 'login', 'process'],
  'AWS SDK for JavaScript': ['assume-role', 'keys', 'web-identity', 'process', 'sso', 'login'],
};

/** The identity that a tool finds in a profile; undefined if the profile is missing or has only settings. */
export function toolProfile(tool: Tool, name: string, machine: Machine): ToolIdentity | undefined {
  const profile = profileAs(tool, name, machine);
  const found: ProfileProvider =
    profile === undefined
      ? { kind: 'settings' }
      : profileProvider(profile, {
          machine,
          order: orders[tool],
          skipsFaults: tool === 'AWS SDK for JavaScript',
        });
  switch (found.kind) {
    case 'provider':
      return { kind: 'found', origin: { kind: 'profile', name }, provider: found.provider, profiles: found.path };
    case 'fault':
      return { kind: 'fault', fault: found.fault, profile: name };
    case 'settings':
      return undefined;
  }
}

/** The identity that a tool would use with a given profile; a fault if the profile is missing or has only settings. */
export function toolIdentityOf(tool: Tool, name: string, machine: Machine): ToolIdentity {
  return toolProfile(tool, name, machine) ?? { kind: 'fault', fault: 'it has only settings', profile: name };
}

/** Finds a profile for a tool; undefined if it is missing, or if the tool does not accept its section headers. */
export function profileAs(tool: Tool, name: string, { files }: Machine): Profile | undefined {
  const profile = files.profiles.get(name);
  const headers = [profile?.header, profile?.credentialsHeader].filter((header) => header !== undefined);
  const accepts = (pattern: RegExp) => headers.every((header) => pattern.test(header));
  switch (tool) {
    case 'AWS CLI and boto3':
    case 'AWS CLI 2':
      // A leading space is part of the name.
      return accepts(/^\[\S/) ? profile : undefined;
    case 'AWS SDK for Go':
      return accepts(/^\[[^"'\]]*\]\s*([#;].*)?$/) ? profile : undefined;
    case 'AWS SDK for JavaScript':
      return profile?.isPlain &&
        accepts(/^\[\S[^\]]*\]\s*(\s[#;].*)?$/) &&
        /^\[(default|profile\s(["'])?[\w@+.%:/-]+\2)\]/.test(profile.header ?? '[default]')
        ? profile
        : undefined;
  }
}
