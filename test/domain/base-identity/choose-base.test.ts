import { describe, expect, it } from 'vitest';
import type { BaseFacts } from '../../../src/domain/base-identity/base-facts.js';
import { chooseBase } from '../../../src/domain/base-identity/choose-base.js';
import { credentialSources } from '../../../src/domain/chain/base-identity.js';
import { firstOperation } from '../../../src/domain/chain/first-hop.js';
import type { Environment } from '../../../src/domain/input/environment.js';
import { readSharedConfig } from '../../../src/domain/shared-config/read-shared-config.js';
import { noSharedConfig } from '../../../src/domain/shared-config/shared-config.js';
import { keys } from '../../support/example-world.js';
import { reported } from '../../support/reported.js';

const job = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example/?v=1',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-the-job',
};
const ambient = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' };
const hosted = { RUNNER_ENVIRONMENT: 'github-hosted' };
const samlFiles = {
  'saml-assertion-file': 'assertion.b64',
  'saml-provider-arn': 'arn:aws:iam::111111111111:saml-provider/corp',
};
const none: BaseFacts['given'] = {
  'credential-source': '',
  'aws-access-key-id': '',
  'aws-secret-access-key': '',
  'aws-session-token': '',
  'web-identity-token-file': '',
  'saml-assertion-file': '',
  'saml-provider-arn': '',
};

/**
 * The facts that a test changes: `environment` replaces all variables, and the machine has AWS files with keys, or
 * none.
 */
interface Changes extends Partial<Omit<BaseFacts, 'given' | 'machine'>> {
  readonly environment?: Environment;
  readonly hasAwsFiles?: boolean;
}

const withKeys = '[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n';

function choose(
  given: Partial<BaseFacts['given']>,
  { environment = job, hasAwsFiles = false, ...facts }: Changes = {},
) {
  const files = hasAwsFiles
    ? readSharedConfig({ path: 'config' }, { path: 'credentials', text: withKeys })
    : noSharedConfig;
  const all: BaseFacts = {
    given: { ...none, ...given },
    isRoleChaining: false,
    skipsOidc: false,
    wantsRole: true,
    machine: { environment, files },
    audience: 'sts.amazonaws.com',
    ...facts,
  };
  return reported((places) => chooseBase(all, places));
}

describe('auto selects, in this order', () => {
  const everything = { ...keys, 'web-identity-token-file': 'token', ...samlFiles };
  it.each<[string, Partial<BaseFacts['given']>, Changes, string, string]>([
    ['keys before all', everything, { isRoleChaining: true }, 'access-keys', 'access keys are given'],
    [
      'a token file',
      { ...everything, 'aws-access-key-id': '', 'aws-secret-access-key': '' },
      {},
      'web-identity',
      'web-identity-token-file is given',
    ],
    ['an assertion', samlFiles, { isRoleChaining: true }, 'saml', 'saml-assertion-file is given'],
    ['role-chaining', {}, { isRoleChaining: true, hasAwsFiles: true }, 'default-chain', 'role-chaining is true'],
    ['the ID token', {}, {}, 'oidc', 'the job can request an ID token'],
    [
      'the ID token before ambient keys',
      {},
      { environment: { ...job, AWS_ACCESS_KEY_ID: 'x' } },
      'oidc',
      'the job can request an ID token',
    ],
    [
      'not the ID token that is not wanted',
      {},
      { skipsOidc: true, hasAwsFiles: true },
      'default-chain',
      'force-skip-oidc is true',
    ],
    [
      'not the ID token without a role',
      {},
      { wantsRole: false, hasAwsFiles: true },
      'default-chain',
      'no role is requested',
    ],
    [
      'the default chain',
      {},
      { environment: ambient },
      'default-chain',
      'no keys, no token file and no ID token are given',
    ],
    [
      'one of the two ID-token variables is not enough',
      {},
      { environment: { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x', ...ambient } },
      'default-chain',
      'no keys, no token file and no ID token are given',
    ],
  ])('%s', (_, given, facts, kind, reason) => {
    const { value, problems } = choose(given, facts);
    expect(problems).toEqual([]);
    expect(value).toMatchObject({ base: { kind }, reason });
  });

  it('and auto is the default, in any letter case', () => {
    expect(choose({ 'credential-source': 'AUTO' })).toEqual(choose({}));
  });
});

describe('a source by name', () => {
  const rich = { environment: { ...job, AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 's' } };
  const needs: Record<string, Partial<BaseFacts['given']>> = {
    'access-keys': keys,
    'web-identity': { 'web-identity-token-file': 'token' },
    saml: samlFiles,
  };

  it.each(credentialSources.filter((name) => name !== 'auto'))('%s, in any letter case', (name) => {
    for (const written of [name, name.toUpperCase(), name.toLowerCase()]) {
      const { value, problems } = choose({ ...needs[name], 'credential-source': written }, rich);
      expect(problems).toEqual([]);
      expect(value).toMatchObject({ base: { kind: name }, reason: `credential-source is ${name}` });
    }
  });

  it.each([
    ['environmnt', 'Did you mean Environment?'],
    ['ec2', 'Did you mean Ec2InstanceMetadata?'],
    ['keys', 'Did you mean access-keys?'],
    ['something quite unlike any of them', 'Write one of auto'],
  ])('%s is not a source', (name, fix) => {
    const { value, problems } = choose({ 'credential-source': name });
    expect(value).toBeUndefined();
    expect(problems).toEqual([
      { where: 'credential-source', what: `'${name}' is not a credential source`, fix: expect.stringContaining(fix) },
    ]);
  });
});

describe('a missing requirement of a source is reported', () => {
  it.each<[string, Partial<BaseFacts['given']>, Changes, string]>([
    ['keys without their secret', { 'aws-access-key-id': 'AKIA' }, {}, 'aws-secret-access-key'],
    ['a secret without its id', { 'aws-secret-access-key': 's' }, {}, 'aws-access-key-id'],
    [
      'temporary keys without a token',
      { ...keys, 'aws-access-key-id': 'ASIAIOSFODNN7EXAMPLE' },
      {},
      'aws-session-token',
    ],
    ['access-keys without any', { 'credential-source': 'access-keys' }, {}, 'aws-access-key-id'],
    ['web-identity without a file', { 'credential-source': 'web-identity' }, {}, 'web-identity-token-file'],
    ['saml without a provider', { 'saml-assertion-file': 'f' }, {}, 'saml-provider-arn'],
    [
      'saml without a file',
      { ...samlFiles, 'saml-assertion-file': '', 'credential-source': 'saml' },
      {},
      'saml-assertion-file',
    ],
    [
      'saml with a role for a provider',
      { ...samlFiles, 'saml-provider-arn': 'arn:aws:iam::111111111111:role/x' },
      {},
      'saml-provider-arn',
    ],
    ['Environment without keys', { 'credential-source': 'Environment' }, {}, 'credential-source'],
    [
      'Environment with an id alone',
      { 'credential-source': 'environment' },
      { environment: { AWS_ACCESS_KEY_ID: 'x' } },
      'credential-source',
    ],
    [
      'Environment with temporary keys and no token',
      { 'credential-source': 'Environment' },
      { environment: { AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 's' } },
      'AWS_SESSION_TOKEN',
    ],
    ['oidc without permission', { 'credential-source': 'oidc' }, { environment: {} }, 'credential-source'],
    [
      'oidc with half a permission',
      { 'credential-source': 'oidc' },
      { environment: { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x' } },
      'credential-source',
    ],
    [
      'oidc with a broken address',
      {},
      { environment: { ...job, ACTIONS_ID_TOKEN_REQUEST_URL: 'not an address' } },
      'ACTIONS_ID_TOKEN_REQUEST_URL',
    ],
    ['oidc without a role', { 'credential-source': 'oidc' }, { wantsRole: false }, 'credential-source'],
    ['a token file without a role', { 'web-identity-token-file': 'f' }, { wantsRole: false }, 'credential-source'],
    ['an assertion without a role', samlFiles, { wantsRole: false }, 'credential-source'],
  ])('%s', (_, given, facts, where) => {
    expect(choose(given, facts).problems.map((problem) => problem.where)).toContain(where);
  });

  it('a missing permission is reported, with forks and Dependabot', () => {
    const { problems } = choose({ 'credential-source': 'oidc' }, { environment: {} });
    expect(problems[0]?.fix).toMatch(/id-token: write.*forks.*Dependabot/);
  });

  it('no problem contains a secret', () => {
    const { problems } = choose({ 'aws-secret-access-key': 'do-not-show', 'aws-session-token': 'nor-this' });
    expect(JSON.stringify(problems)).not.toMatch(/do-not-show|nor-this/);
  });
});

describe('a source that contradicts other inputs is reported', () => {
  it.each<[string, Partial<BaseFacts['given']>, Changes, string[]]>([
    ['oidc', keys, {}, ['aws-access-key-id', 'aws-secret-access-key']],
    ['oidc', {}, { isRoleChaining: true }, ['role-chaining']],
    ['oidc', {}, { skipsOidc: true }, ['force-skip-oidc']],
    ['oidc', { 'web-identity-token-file': 'f' }, {}, ['web-identity-token-file']],
    ['access-keys', { ...keys, ...samlFiles }, {}, ['saml-assertion-file', 'saml-provider-arn']],
    ['access-keys', keys, { isRoleChaining: true }, ['role-chaining']],
    ['web-identity', { 'web-identity-token-file': 'f', 'aws-session-token': 't' }, {}, ['aws-session-token']],
    ['saml', samlFiles, { isRoleChaining: true }, ['role-chaining']],
    ['EcsContainer', keys, {}, ['aws-access-key-id', 'aws-secret-access-key']],
    ['default-chain', { 'web-identity-token-file': 'f' }, {}, ['web-identity-token-file']],
    ['default-chain', {}, { isRoleChaining: true, skipsOidc: true }, []],
    ['Ec2InstanceMetadata', {}, { isRoleChaining: true, skipsOidc: true }, []],
    ['access-keys', keys, { skipsOidc: true }, []],
  ])('%s beside %j', (source, given, facts, strangers) => {
    const { whats } = choose({ ...given, 'credential-source': source }, facts);
    expect(whats).toEqual(
      strangers.map((input) => `${source} contradicts the input ${input}, which belongs to another base identity`),
    );
  });
});

describe('without any credentials', () => {
  it('a hosted runner reports at once that the permission is missing', () => {
    const { value, problems } = choose({}, { environment: hosted });
    expect(value).toBeUndefined();
    expect(problems[0]).toMatchObject({ where: 'credential-source', fix: expect.stringContaining('id-token: write') });
  });

  it('a hosted runner that could get a token reports that no role is given', () => {
    const { problems } = choose({}, { environment: { ...hosted, ...job }, wantsRole: false });
    expect(problems[0]?.fix).toMatch(/^Name a role/);
  });

  it.each([
    ['force-skip-oidc', { skipsOidc: true }],
    ['role-chaining', { isRoleChaining: true }],
  ])(
    'a job that could use its token gets the message that %s prevents it, not that the permission is missing',
    (input, flag) => {
      const { problems } = choose({}, { environment: { ...hosted, ...job }, ...flag });
      expect(problems[0]?.fix).toMatch(new RegExp(`^Remove ${input} `));
      expect(JSON.stringify(problems)).not.toMatch(/permission|no ID token|id-token/);
    },
  );

  it('another machine that could get a token reports that no role is given', () => {
    const { value } = choose({}, { environment: job, wantsRole: false });
    expect(value?.warnings.join()).toContain('Name a role');
    expect(value?.warnings.join()).not.toMatch(/permission|no ID token|id-token/);
  });

  it('another machine tries only the instance metadata service, with a warning', () => {
    const { value, problems } = choose({}, { environment: {} });
    expect(problems).toEqual([]);
    expect(value?.base).toMatchObject({ kind: 'default-chain', origin: { kind: 'metadata' } });
    expect(value?.warnings.join()).toMatch(/Only the EC2 instance metadata service.*id-token: write/);
  });

  it('a hosted runner with an explicit metadata endpoint tries it', () => {
    const named = { ...hosted, AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:1338' };
    expect(choose({}, { environment: named }).value?.base).toMatchObject({ origin: { kind: 'metadata' } });
  });

  it('no machine tries a metadata service that is turned off', () => {
    expect(choose({}, { environment: { AWS_EC2_METADATA_DISABLED: 'true' } }).problems).toHaveLength(1);
  });

  it.each<[string, Environment]>([
    ['keys', ambient],
    ['a web identity', { AWS_WEB_IDENTITY_TOKEN_FILE: '/token', AWS_ROLE_ARN: 'arn:aws:iam::111111111111:role/pod' }],
    ['a container endpoint', { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'x' }],
    ['a container endpoint by its path', { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: 'x' }],
  ])('%s count as credentials', (_, environment) => {
    expect(choose({}, { environment: { ...hosted, ...environment } })).toMatchObject({
      value: { base: { kind: 'default-chain' } },
      problems: [],
    });
  });

  it('AWS files count as credentials', () => {
    expect(choose({}, { environment: hosted, hasAwsFiles: true }).value?.base).toMatchObject({
      origin: { kind: 'profile', name: 'default' },
    });
  });
});

it('only tokens and assertions use another call than AssumeRole at their first hop', () => {
  const base = { requestUrl: '', requestToken: '', audience: '', tokenFile: '', assertionFile: '', providerArn: '' };
  expect(firstOperation({ ...base, kind: 'oidc' })).toBe('AssumeRoleWithWebIdentity');
  expect(firstOperation({ ...base, kind: 'web-identity' })).toBe('AssumeRoleWithWebIdentity');
  expect(firstOperation({ ...base, kind: 'saml' })).toBe('AssumeRoleWithSAML');
  expect(firstOperation({ kind: 'default-chain', origin: { kind: 'environment' }, chaining: 'ask' })).toBe(
    'AssumeRole',
  );
});

it('tools with another identity are listed, also when the machine itself is the base', () => {
  const text = `${withKeys}[settings]\nregion = eu-west-1\n`;
  const files = readSharedConfig({ path: 'config' }, { path: 'credentials', text });
  const environment = { AWS_DEFAULT_PROFILE: 'settings' };
  const facts = { isRoleChaining: true, skipsOidc: false, wantsRole: true, audience: '', given: none };
  const { value } = reported((places) => chooseBase({ ...facts, machine: { environment, files } }, places));
  expect(value?.base).toMatchObject({ origin: { kind: 'metadata' } });
  expect(value?.warnings.join()).toContain(
    "the AWS SDK for JavaScript would use the profile default of the machine's AWS files",
  );
});
