import type { MachineCase } from './machine-case.js';

/** These clients reject a file with such a line before and after the step; a warning says so. */
const refused = { 'AWS CLI': 'error', 'AWS CLI 2': 'error', boto3: 'error' } as const;

/** Machines whose AWS files are malformed, moved or unreadable. */
export const files: readonly MachineCase[] = [
  {
    name: 'duplicate section in credentials',
    variables: { AWS_PROFILE: 'a' },
    credentials: '[a]\n@keys(profile-a)\n[a]\n@keys(profile-a)\n',
    services: ['metadata'],
  },
  {
    name: 'duplicate section of another profile',
    variables: { AWS_PROFILE: 'a' },
    credentials: '[a]\n@keys(profile-a)\n[b]\n@keys(profile-b)\n[b]\n@keys(profile-b)\n',
    services: ['metadata'],
    step: { is: 'profile-a', after: refused, because: 'what is wrong is in another profile; a warning' },
  },
  {
    name: 'duplicate key',
    variables: { AWS_PROFILE: 'a' },
    credentials: '[a]\n@keys(profile-a)\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n',
    services: ['metadata'],
  },
  {
    name: 'duplicate in config, env keys',
    environmentKeys: 'environment',
    config: '[profile x]\nregion=eu-west-1\n[profile x]\nregion=eu-west-1\n',
    step: { is: 'environment', after: refused, because: 'the keys do not come from the file; a warning' },
  },
  {
    name: 'malformed line in other profile',
    variables: { AWS_PROFILE: 'a' },
    credentials: '[a]\n@keys(profile-a)\n[z]\nwhat is this\n',
    services: ['metadata'],
    step: { is: 'profile-a', after: refused, because: 'what is wrong is in another profile; a warning' },
  },
  {
    name: 'text before first section',
    variables: { AWS_PROFILE: 'a' },
    credentials: 'x = y\n[a]\n@keys(profile-a)\n',
    services: ['metadata'],
  },
  {
    name: 'malformed config, env keys',
    environmentKeys: 'environment',
    config: 'nonsense\n',
    step: { is: 'environment', after: refused, because: 'the keys do not come from the file; a warning' },
  },
  { name: 'malformed config, metadata', config: 'nonsense\n', services: ['metadata'] },
  {
    name: 'key with colon',
    variables: { AWS_PROFILE: 'a' },
    credentials:
      '[a]\naws_access_key_id: @id(profile-a)\naws_secret_access_key: @secret(profile-a)\naws_session_token: @tok(profile-a)\n',
    services: ['metadata'],
  },
  {
    name: 'upper case keys',
    variables: { AWS_PROFILE: 'a' },
    credentials:
      '[a]\nAWS_ACCESS_KEY_ID = @id(profile-a)\nAWS_SECRET_ACCESS_KEY = @secret(profile-a)\nAWS_SESSION_TOKEN = @tok(profile-a)\n',
    services: ['metadata'],
  },
  {
    name: 'comment behind value',
    variables: { AWS_PROFILE: 'a' },
    credentials:
      '[a]\naws_access_key_id = @id(profile-a) # mine\naws_secret_access_key = @secret(profile-a)\naws_session_token = @tok(profile-a)\n',
    services: ['metadata'],
    step: { is: 'profile-a', because: 'read as the SDKs do' },
  },
  {
    name: 'byte order mark',
    variables: { AWS_PROFILE: 'a' },
    credentials: '\uFEFF[a]\n@keys(profile-a)\n',
    services: ['metadata'],
    step: { is: 'profile-a', after: refused, because: 'the mark is no part of the text' },
  },
  {
    name: 'latin1',
    variables: { AWS_PROFILE: 'a' },
    credentials: '@latin1# café\n[a]\n@keys(profile-a)\n',
    services: ['metadata'],
  },
  {
    name: 'security token',
    variables: { AWS_PROFILE: 'a' },
    credentials:
      '[a]\naws_access_key_id = @id(profile-a)\naws_secret_access_key = @secret(profile-a)\naws_security_token = @tok(profile-a)\n',
    services: ['metadata'],
  },
  {
    name: 'nested key',
    variables: { AWS_PROFILE: 'a' },
    config: '[profile a]\ns3 =\n  aws_access_key_id = x\nregion = eu-north-1\n',
    credentials: '[a]\n@keys(profile-a)\n',
  },
  { name: 'linked files', variables: { AWS_PROFILE: 'a' }, credentials: '[a]\n@keys(profile-a)\n', isLinked: true },
  {
    name: 'AWS_SHARED_CREDENTIALS_FILE',
    variables: { AWS_PROFILE: 'a', AWS_SHARED_CREDENTIALS_FILE: '@home/other' },
    other: '[a]\n@keys(profile-a)\n',
  },
  {
    name: 'AWS_CONFIG_FILE tilde',
    variables: { AWS_PROFILE: 'a', AWS_CONFIG_FILE: '~/other' },
    other: '[profile a]\n@keys(profile-a)\n',
    step: { after: { 'AWS SDK for Go v2': 'error' }, because: 'Go does not expand the tilde' },
  },
  {
    name: 'AWS_CONFIG_FILE missing, metadata',
    variables: { AWS_CONFIG_FILE: '/nowhere' },
    config: '[default]\n@keys(home)\n',
    services: ['metadata'],
  },
  {
    name: 'AWS_CONFIG_FILE empty',
    variables: { AWS_CONFIG_FILE: '' },
    config: '[default]\n@keys(home)\n',
    services: ['metadata'],
    step: { is: 'refused', because: 'tools disagree' },
  },
  {
    name: 'AWS_CREDENTIAL_EXPIRATION past',
    environmentKeys: 'environment',
    variables: { AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z' },
    services: ['metadata'],
    step: { is: 'environment', because: 'AWS says whether the keys have ended' },
  },
  { name: 'AWS_SECURITY_TOKEN', environmentKeys: 'environment', variables: { AWS_SECURITY_TOKEN: 'stale' } },
  {
    name: 'AWS_ACCESS_KEY pair',
    variables: {
      AWS_ACCESS_KEY: '@id(environment)',
      AWS_SECRET_KEY: '@secret(environment)',
      AWS_SESSION_TOKEN: '@tok(environment)',
    },
    services: ['metadata'],
  },
  { name: 'AWS_EC2_METADATA_DISABLED', variables: { AWS_EC2_METADATA_DISABLED: 'true' }, services: ['metadata'] },
  {
    name: 'AWS_SHARED_CREDENTIALS_FILE that holds a variable',
    variables: { AWS_PROFILE: 'a', AWS_SHARED_CREDENTIALS_FILE: '$HOME/other' },
    other: '[a]\n@keys(profile-a)\n',
    services: ['metadata'],
    step: { is: 'refused', because: 'tools disagree' },
  },
];
