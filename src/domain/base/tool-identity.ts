import type { MachineOrigin } from '../chain/base-identity.js';
import { quote } from '../input/problem.js';
import type { Profile } from '../shared-config/profiles.js';
import { type Machine, type ProfileProvider, type ProfileWay, profileProvider, readRole } from './profile-provider.js';
import { environmentKeys, hasContainer, type Provider } from './provider.js';

/** The identity that a tool takes on a machine, before anything is asked; a fault where the tool finds none. */
export type ToolIdentity =
  | {
      readonly kind: 'found';
      readonly origin: MachineOrigin;
      readonly provider: Provider;
      /** The profiles that were looked into. */
      readonly profiles?: readonly string[];
    }
  | { readonly kind: 'fault'; readonly fault: string; readonly profile?: string };

/** AWS's tools by how they look for credentials. The AWS CLI and boto3 share their code. */
export const tools = ['AWS CLI and boto3', 'AWS SDK for Go', 'AWS SDK for JavaScript'] as const;

/** One of AWS's tools. */
export type Tool = (typeof tools)[number];

const orders: Readonly<Record<Tool, readonly ProfileWay[]>> = {
  'AWS CLI and boto3': [
    'assume-role',
    'web-identity',
    'sso',
    'credentials-file-keys',
    'login',
    'process',
    'config-file-keys',
  ],
  'AWS SDK for Go': ['assume-role', 'keys', 'web-identity', 'sso', 'login', 'process'],
  'AWS SDK for JavaScript': ['assume-role', 'keys', 'web-identity', 'process', 'sso', 'login'],
};

/** Who a tool would be on this machine; test/clients holds it against the tools themselves. */
export function toolIdentity(tool: Tool, machine: Machine): ToolIdentity {
  const unreadable = machine.files.faults.find(({ kind }) => kind === 'unreadable');
  if (unreadable !== undefined) {
    return { kind: 'fault', fault: `${unreadable.path} ${unreadable.what}` };
  }
  switch (tool) {
    case 'AWS CLI and boto3':
      return cliIdentity(machine);
    case 'AWS SDK for Go':
      return goIdentity(machine);
    case 'AWS SDK for JavaScript':
      return javascriptIdentity(machine);
  }
}

/** Who a tool would be under a profile that it is told to take. */
export function toolIdentityOf(tool: Tool, name: string, machine: Machine): ToolIdentity {
  return named(tool, name, machine) ?? { kind: 'fault', fault: 'it holds settings only', profile: name };
}

/** How the credentials of a base identity are had now; a fault where the machine changed since it was chosen. */
export function providerOf(origin: MachineOrigin, machine: Machine): ToolIdentity {
  const { environment } = machine;
  switch (origin.kind) {
    case 'profile':
      return toolIdentityOf('AWS CLI and boto3', origin.name, machine);
    case 'environment':
      return keysFound(environment);
    case 'web-identity':
      return webIdentity(environment) ?? { kind: 'fault', fault: 'AWS_WEB_IDENTITY_TOKEN_FILE is not set any more' };
    default:
      return { kind: 'found', origin, provider: origin };
  }
}

/** The profile that the AWS CLI and boto3 take: the older variable wins, also where it is empty. */
export function cliProfile({ AWS_DEFAULT_PROFILE, AWS_PROFILE }: Machine['environment']): string | undefined {
  return AWS_DEFAULT_PROFILE ?? AWS_PROFILE;
}

function cliIdentity(machine: Machine): ToolIdentity {
  const { environment, files } = machine;
  const name = cliProfile(environment);
  const [broken] = files.faults;
  if (broken !== undefined) {
    return { kind: 'fault', fault: `${broken.path}: ${broken.what}` };
  }
  if (name !== undefined && !files.profiles.has(name)) {
    return missing(name);
  }
  return cliSearch(machine, name ?? 'default');
}

/** The search of the AWS CLI and boto3 once the profile is known and the files are read. */
export function cliSearch(machine: Machine, name: string): ToolIdentity {
  const { environment } = machine;
  if (environment.AWS_ACCESS_KEY_ID) {
    return environment.AWS_SECRET_ACCESS_KEY
      ? keysFound(environment)
      : { kind: 'fault', fault: 'AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not' };
  }
  const profile = named('AWS CLI and boto3', name, machine);
  const assumesRole = profile?.kind === 'found' && profile.provider.kind === 'assume-role';
  const isBrokenRole = profile?.kind === 'fault' && isRole(name, machine);
  return (
    (assumesRole || isBrokenRole ? profile : undefined) ?? webIdentity(environment) ?? profile ?? lastFound(environment)
  );
}

function goIdentity(machine: Machine): ToolIdentity {
  const { environment } = machine;
  const name = environment.AWS_PROFILE || environment.AWS_DEFAULT_PROFILE || 'default';
  if (environment.AWS_PROFILE && profileAs('AWS SDK for Go', environment.AWS_PROFILE, machine) === undefined) {
    return missing(environment.AWS_PROFILE);
  }
  // Go reads the profile before it looks anywhere, so one that is broken, or says two things, ends every search.
  const profile = conflict(name, machine) ?? named('AWS SDK for Go', name, machine);
  if (profile?.kind === 'fault') {
    return profile;
  }
  const keys = {
    AWS_ACCESS_KEY_ID: environment.AWS_ACCESS_KEY_ID || environment.AWS_ACCESS_KEY,
    AWS_SECRET_ACCESS_KEY: environment.AWS_SECRET_ACCESS_KEY || environment.AWS_SECRET_KEY,
  };
  const found = keys.AWS_ACCESS_KEY_ID && keys.AWS_SECRET_ACCESS_KEY;
  return (
    (found ? keysFound({ ...withoutOlderToken(environment), ...keys }) : undefined) ??
    webIdentity(environment) ??
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
        fault: `it says more than one thing (${[...given, ...(assumes ? ['role_arn, keys'] : [])]})`,
        profile: name,
      }
    : undefined;
}

function javascriptIdentity(machine: Machine): ToolIdentity {
  const { environment } = machine;
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = environment;
  if (!AWS_PROFILE && AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
    return keysFound(withoutOlderToken(environment));
  }
  const profile = named('AWS SDK for JavaScript', AWS_PROFILE || 'default', machine);
  // It passes over a broken profile, and over a token without a role.
  const web = webIdentity(environment);
  return (
    (profile?.kind === 'found' ? profile : undefined) ??
    (web?.kind === 'found' ? web : undefined) ??
    lastFound(environment)
  );
}

/** Only the AWS CLI and boto3 read the older name of the token. */
function withoutOlderToken({ AWS_SECURITY_TOKEN: _, ...environment }: Machine['environment']): Machine['environment'] {
  return environment;
}

/** What the profile gives under a tool's order; undefined where it is not there or holds settings only. */
function named(tool: Tool, name: string, machine: Machine): ToolIdentity | undefined {
  const profile = profileAs(tool, name, machine);
  const found: ProfileProvider =
    profile === undefined
      ? { kind: 'settings' }
      : profileProvider(profile, {
          machine,
          order: orders[tool],
          passesOver: tool === 'AWS SDK for JavaScript',
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

/** The profile as a tool finds it: not every tool reads every way to write its header in the config file. */
function profileAs(tool: Tool, name: string, { files }: Machine): Profile | undefined {
  const profile = files.profiles.get(name);
  const header = profile?.header ?? '[default]';
  switch (tool) {
    case 'AWS CLI and boto3':
      return profile;
    case 'AWS SDK for Go':
      return /["']/.test(header) ? undefined : profile;
    case 'AWS SDK for JavaScript':
      return /^\[(default|profile\s(["'])?[\w@+.%:/-]+\2)\]/.test(header) && profile?.isPlain ? profile : undefined;
  }
}

function isRole(name: string, { files }: Machine): boolean {
  const entries = files.profiles.get(name)?.entries;
  return entries?.has('role_arn') === true && !entries.has('web_identity_token_file');
}

function missing(name: string): ToolIdentity {
  return { kind: 'fault', fault: 'there is no such profile', profile: name };
}

function keysFound(environment: Machine['environment']): ToolIdentity {
  return { kind: 'found', origin: { kind: 'environment' }, provider: environmentKeys(environment) };
}

/** A pod's role in EKS, or the like. */
function webIdentity({
  AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
  AWS_ROLE_ARN: roleArn,
  AWS_ROLE_SESSION_NAME: roleSessionName,
}: Machine['environment']): ToolIdentity | undefined {
  if (!tokenFile) {
    return undefined;
  }
  if (!roleArn) {
    return { kind: 'fault', fault: 'AWS_WEB_IDENTITY_TOKEN_FILE is set, and AWS_ROLE_ARN is not' };
  }
  const role = readRole(roleArn);
  if (role === undefined) {
    return { kind: 'fault', fault: `AWS_ROLE_ARN ${quote(roleArn)} is not the ARN of a role` };
  }
  const provider = { kind: 'web-identity', role, tokenFile, ...(roleSessionName && { roleSessionName }) } as const;
  return { kind: 'found', origin: { kind: 'web-identity' }, provider };
}

function lastFound(environment: Machine['environment']): ToolIdentity {
  const kind = hasContainer(environment) ? 'container' : 'metadata';
  return { kind: 'found', origin: { kind }, provider: { kind } };
}
