import type { MachineCase } from './machine-case.js';

const keys = '@keys(profile-a)';

/** Machines with a Region in one or several places. */
export const regions: readonly MachineCase[] = [
  {
    name: 'Region of the default profile',
    config: '[default]\nregion = eu-north-1\n',
    credentials: `[default]\n${keys}\n`,
  },
  {
    name: 'Region of AWS_PROFILE, settings only',
    variables: { AWS_PROFILE: 'a' },
    config: '[default]\nregion = eu-west-2\n[profile a]\nregion = eu-north-1\n',
    services: ['metadata'],
  },
  {
    name: 'Region of AWS_DEFAULT_PROFILE',
    variables: { AWS_DEFAULT_PROFILE: 'a' },
    config: `[default]\nregion = eu-west-2\n[profile a]\nregion = eu-north-1\n${keys}\n`,
  },
  {
    name: 'Region of AWS_PROFILE, beside environment keys',
    variables: { AWS_PROFILE: 'a' },
    environmentKeys: 'environment',
    config: `[profile a]\nregion = eu-north-1\n${keys}\n`,
  },
  {
    name: 'Region of no profile, beside environment keys',
    environmentKeys: 'environment',
    config: '[default]\nregion = eu-north-1\n',
  },
  {
    name: 'Region in the credentials file',
    variables: { AWS_PROFILE: 'a' },
    credentials: `[a]\nregion = eu-north-1\n${keys}\n`,
  },
  {
    name: 'Region in both files',
    variables: { AWS_PROFILE: 'a' },
    config: '[profile a]\nregion = eu-north-1\n',
    credentials: `[a]\nregion = eu-west-2\n${keys}\n`,
  },
  {
    name: 'Region of a source profile',
    variables: { AWS_PROFILE: 'a' },
    config:
      '[profile a]\nrole_arn = @hub\nsource_profile = s\nrole_session_name = profile-a\n[profile s]\nregion = eu-north-1\n@bot\n',
  },
  {
    name: 'Region of the role, source with another',
    variables: { AWS_PROFILE: 'a' },
    config:
      '[profile a]\nrole_arn = @hub\nsource_profile = s\nrole_session_name = profile-a\nregion = eu-west-2\n[profile s]\nregion = eu-north-1\n@bot\n',
  },
  {
    name: 'Region of default where AWS_PROFILE has none',
    variables: { AWS_PROFILE: 'a' },
    config: `[default]\nregion = eu-north-1\n[profile a]\n${keys}\n`,
  },
  {
    name: 'Region of [default] and [profile default]',
    config: `[default]\nregion = eu-west-2\n${keys}\n[profile default]\nregion = eu-north-1\n`,
  },
  {
    name: 'Region under [a], which no config file is to have',
    variables: { AWS_PROFILE: 'a' },
    config: '[a]\nregion = eu-north-1\n',
    credentials: `[a]\n${keys}\n`,
  },
  {
    name: 'Region in AWS_CONFIG_FILE',
    variables: { AWS_CONFIG_FILE: '@home/other' },
    config: '[default]\nregion = eu-west-2\n',
    other: `[default]\nregion = eu-north-1\n${keys}\n`,
  },
  {
    name: 'AWS_REGION over the profile',
    variables: { AWS_PROFILE: 'a', AWS_REGION: 'eu-west-2' },
    config: `[profile a]\nregion = eu-north-1\n${keys}\n`,
  },
  {
    name: 'AWS_DEFAULT_REGION over the profile',
    variables: { AWS_PROFILE: 'a', AWS_DEFAULT_REGION: 'eu-west-2' },
    config: `[profile a]\nregion = eu-north-1\n${keys}\n`,
  },
  {
    name: 'AWS_REGION over AWS_DEFAULT_REGION',
    variables: { AWS_REGION: 'eu-west-2', AWS_DEFAULT_REGION: 'eu-north-1' },
    environmentKeys: 'environment',
  },
  {
    name: 'AWS_REGION empty, AWS_DEFAULT_REGION',
    variables: { AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-north-1' },
    environmentKeys: 'environment',
    step: { region: 'eu-north-1', because: 'an empty variable names nothing' },
  },
  {
    name: 'both Regions empty, profile',
    variables: { AWS_REGION: '', AWS_DEFAULT_REGION: '', AWS_PROFILE: 'a' },
    config: `[profile a]\nregion = eu-north-1\n${keys}\n`,
    step: { region: 'eu-north-1', because: 'an empty variable names nothing' },
  },
  {
    name: 'Region of a web identity’s default profile',
    variables: { AWS_WEB_IDENTITY_TOKEN_FILE: '@token', AWS_ROLE_ARN: '@hub', AWS_ROLE_SESSION_NAME: 'pod' },
    config: '[default]\nregion = eu-north-1\n',
  },
  {
    name: 'Region of a container’s default profile',
    config: '[default]\nregion = eu-north-1\n',
    services: ['container', 'metadata'],
  },
  {
    name: 'Region in upper case',
    variables: { AWS_PROFILE: 'a' },
    config: `[profile a]\nregion = EU-NORTH-1\n${keys}\n`,
    step: { is: 'profile-a', region: 'none', because: 'it is no Region; a warning' },
  },
  {
    name: 'Region empty in the profile',
    variables: { AWS_PROFILE: 'a' },
    config: `[profile a]\nregion =\n${keys}\n`,
  },
  {
    name: 'Region with a comment behind it',
    variables: { AWS_PROFILE: 'a' },
    config: `[profile a]\nregion = eu-north-1 # Stockholm\n${keys}\n`,
    step: { is: 'profile-a', region: 'eu-north-1', because: 'read as the SDKs do' },
  },
  {
    name: 'key REGION in upper case',
    variables: { AWS_PROFILE: 'a' },
    config: `[profile a]\nREGION = eu-north-1\n${keys}\n`,
  },
];
