import type { Machine } from '../machine.js';
import type { Provider } from '../provider.js';
import type { Tool, ToolIdentity } from './tool-search.js';

type Found = Extract<ToolIdentity, { readonly kind: 'found' }>;

/**
 * Returns why a tool cannot use the identity that it selects, because it reads a value differently; undefined if it
 * can.
 */
export function toolLimit(tool: Tool, found: Found, machine: Machine): string | undefined {
  return limits[tool].find(([applies]) => applies(found, machine))?.[1];
}

type Limit = readonly [applies: (found: Found, machine: Machine) => boolean, why: string];

const cliLimits: readonly Limit[] = [
  [isNested, 'it reads a comment after a value, or an indented line, as part of the value'],
  [usesShell, 'it runs credential_process without a shell'],
  [hasEmptyContainer, 'it uses an empty variable of a container'],
];

const limits: Readonly<Record<Tool, readonly Limit[]>> = {
  'AWS CLI and boto3': cliLimits,
  'AWS CLI 2': cliLimits,
  'AWS SDK for Go': [
    [hasTilde, 'it does not expand the ~ in the path of an AWS file'],
    [isQuoted, 'it removes the outer quotes of credential_process'],
    [lacksSource, 'it looks for the source_profile of every profile'],
  ],
  'AWS SDK for JavaScript': [
    [isDisabled, 'it reads every value of AWS_EC2_METADATA_DISABLED except false as true'],
    [hasOtherDuration, 'duration_seconds is not a number'],
  ],
};

function profilesOf({ profiles = [] }: Found, { files }: Machine) {
  return profiles.flatMap((name) => files.profiles.get(name) ?? []);
}

function isNested(found: Found, machine: Machine): boolean {
  return profilesOf(found, machine).some(({ isFlat }) => !isFlat);
}

function usesShell({ provider }: Found, machine: Machine): boolean {
  const outsideQuotes = commandOf(provider, machine).replace(/'[^']*'|"[^"$`]*"/g, '');
  return /[$`|&;<>*?~()]/.test(outsideQuotes);
}

function isQuoted({ provider }: Found, machine: Machine): boolean {
  return /^(["']).*\1$/.test(commandOf(provider, machine));
}

function commandOf(provider: Provider, machine: Machine): string {
  if (provider.kind === 'assume-role') {
    return commandOf(provider.source, machine);
  }
  const name = provider.kind === 'process' ? provider.profile : '';
  return machine.files.profiles.get(name)?.entries.get('credential_process') ?? '';
}

function hasEmptyContainer({ origin }: Found, { environment }: Machine): boolean {
  const { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, AWS_CONTAINER_CREDENTIALS_FULL_URI } = environment;
  const names = [AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, AWS_CONTAINER_CREDENTIALS_FULL_URI];
  return origin.kind === 'metadata' && names.includes('');
}

function hasTilde(found: Found, machine: Machine): boolean {
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = machine.environment;
  const { configFile, credentialsFile } = machine.files;
  const hidden = [
    ...(AWS_CONFIG_FILE?.startsWith('~') ? [configFile] : []),
    ...(AWS_SHARED_CREDENTIALS_FILE?.startsWith('~') ? [credentialsFile] : []),
  ];
  return profilesOf(found, machine).some(({ files }) => files.some((file) => hidden.includes(file)));
}

function lacksSource(found: Found, machine: Machine): boolean {
  const sources = profilesOf(found, machine).map(({ entries }) => entries.get('source_profile'));
  return sources.some((name) => name !== undefined && !machine.files.profiles.has(name));
}

function isDisabled({ origin }: Found, { environment }: Machine): boolean {
  const { AWS_EC2_METADATA_DISABLED: value } = environment;
  return origin.kind === 'metadata' && Boolean(value) && value !== 'false';
}

function hasOtherDuration(found: Found, machine: Machine): boolean {
  return profilesOf(found, machine).some(({ entries }) => {
    const duration = entries.get('duration_seconds');
    return entries.has('role_arn') && duration !== undefined && !/^\d+$/.test(duration);
  });
}
