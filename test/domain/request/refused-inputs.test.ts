import { describe, test } from 'vitest';
import { readSharedConfig } from '../../../src/domain/shared-config/read-shared-config.js';
import { deploy, hub, keys, keyVariables, long } from '../../support/example-world.js';
import { expectRefused, tokenVariables } from '../../support/problems.js';

const saml = 'arn:aws:iam::111111111111:saml-provider/corp';
const chain = { 'role-chain': `${hub}\n${deploy}` } as const;
const single = { ...keys, 'role-to-assume': hub } as const;
const temporary = { ...keys, 'aws-access-key-id': 'ASIAIOSFODNN7EXAMPLE', 'aws-session-token': 'not-a-token' } as const;

describe('a duration is refused when it is', () => {
  test.each([
    ['too short', '899', '899 s', '900'],
    ['too long', '43201', '43201 s', '43200'],
    ['no number', 'abc', "'abc'", '1h30m'],
    ['negative', '-5', "'-5'", '3600'],
    ['minutes beyond an hour', '1h61m', "'1h61m'", '1h30m'],
    ['a fraction', '3600.5', "'3600.5'", '3600'],
  ])('%s', (_, text, what, fix) => {
    expectRefused({ 'role-to-assume': hub, 'role-duration-seconds': text }, ['role-duration-seconds', what, fix]);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['temporary keys given as inputs', { ...temporary, 'role-to-assume': long }],
    ['a container', { 'credential-source': 'EcsContainer', 'role-to-assume': long }],
    ['an earlier hop', { 'role-chain': `${hub}\n${long}` }],
  ])('of two hours, from %s', (_, inputs) => {
    const asked = { ...inputs, 'role-duration-seconds': '2h', 'role-skip-session-tagging': 'true' };
    expectRefused(asked, ['role chaining', '7200 s', '3600']);
  });

  test('of a second beyond the hour, at a hop with its own duration', () => {
    const text = `- ${hub}\n- { role-to-assume: "${long}", role-duration-seconds: 3601 }\n- ${deploy}`;
    expectRefused({ 'role-chain': text }, ['hop 2', '3601 s', 'role chaining']);
  });
});

describe('custom tags are refused when they are', () => {
  test.each([
    ['no JSON', '{"Team":', 'not valid JSON'],
    ['a list', '["Team"]', 'not a map'],
    ['a nested value', '{"Team":{"a":"b"}}', "'Team'"],
    ['a reserved key', '{"aws:team":"a"}', "'aws:team'"],
    ['one key in two cases', '{"Team":"a","team":"b"}', "'team'"],
    ['a character that AWS does not accept', '{"Team":"a,b"}', "'Team'"],
    ['a key too long', `{"${'k'.repeat(129)}":"a"}`, 'tag key'],
    [
      '51 of them',
      JSON.stringify(Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, 'v']))),
      '51 session tags',
    ],
  ])('%s', (_, text, message) => {
    expectRefused({ ...single, 'role-skip-session-tagging': 'true', 'custom-tags': text }, ['tags', message]);
  });

  test('of a key that a default tag has; the fix names the input that omits those', () => {
    const inputs = { ...single, 'custom-tags': '{"repository":"other"}' };
    expectRefused(inputs, ['custom-tags', "'repository'", 'role-skip-session-tagging: true']);
  });
});

describe('allowed-account-ids is refused with', () => {
  test.each([
    ['an empty list', '', 'empty'],
    ['an empty item', '222222222222,,333333333333', 'empty'],
    ['a lost last item', '222222222222,', 'empty'],
    ['eleven digits', '22222222222', "'22222222222'"],
    ['a name', 'staging', "'staging'"],
  ])('%s', (_, allowed, what) => {
    expectRefused({ ...chain, 'allowed-account-ids': allowed }, ['allowed-account-ids', what]);
  });
});

describe('a Region is refused when it', () => {
  test.each([
    ['is not a Region', { 'aws-region': 'eu west 1' }, {}, ['aws-region', "'eu west 1'"]],
    ['is not a Region in the environment', {}, { AWS_REGION: 'Ireland' }, ['AWS_REGION', "'Ireland'"]],
    ['belongs to another partition', { 'aws-region': 'cn-north-1' }, {}, ['aws-region', 'aws-cn']],
  ])('%s', (_, inputs, variables, texts) => {
    expectRefused({ ...chain, ...inputs }, texts, { environment: { ...tokenVariables, ...variables } });
  });
});

describe('sts-endpoint is refused with', () => {
  test.each([
    ['plain http to another machine', 'http://sts.example.com', 'plain http'],
    ['a user name', 'https://me@sts.example.com', 'user name'],
  ])('%s', (_, endpoint, what) => {
    expectRefused({ ...chain, 'sts-endpoint': endpoint }, ['sts-endpoint', what]);
  });
});

describe('credential-source is refused with a value', () => {
  test.each([
    ['oidc with access keys', { ...keys, 'credential-source': 'oidc' }, 'aws-access-key-id'],
    [
      'access-keys with a token file',
      { ...keys, 'credential-source': 'access-keys', 'web-identity-token-file': 't' },
      'web-identity-token-file',
    ],
    [
      'Environment with a SAML file',
      { 'saml-assertion-file': 'a', 'saml-provider-arn': saml, 'credential-source': 'Environment' },
      'saml-assertion-file',
    ],
    [
      'EcsContainer with a session token',
      { 'aws-session-token': 'x', 'credential-source': 'EcsContainer' },
      'aws-session-token',
    ],
  ])('that contradicts other inputs: %s', (_, inputs, culprit) => {
    const environment = { ...tokenVariables, ...keyVariables };
    expectRefused({ ...inputs, 'role-to-assume': hub }, ['contradicts', culprit], { environment });
  });

  test.each([
    ['access-keys', 'aws-access-key-id'],
    ['web-identity', 'web-identity-token-file'],
    ['saml', 'saml-provider-arn'],
    ['Environment', 'AWS_ACCESS_KEY_ID'],
    ['oidc', 'id-token: write'],
    ['oidcc', 'Did you mean oidc?'],
  ])('that lacks what it needs: %s', (source, text) => {
    expectRefused({ 'credential-source': source, 'role-to-assume': hub }, [text], { environment: {} });
  });
});

describe('action-timeout-s is refused with', () => {
  test.each(['-1', 'soon', '1.5', '1e3'])('%s', (text) => {
    expectRefused({ ...chain, 'action-timeout-s': text }, ['action-timeout-s', `'${text}'`]);
  });
});

describe('a session policy is refused with', () => {
  const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  const eleven = Array.from({ length: 11 }, (_, index) => `arn:aws:iam::aws:policy/p${index}`).join('\n');

  test.each([
    ['invalid JSON', { 'inline-session-policy': '{"Version":' }, 'inline-session-policy', 'not valid JSON'],
    ['too long', { 'inline-session-policy': JSON.stringify({ Sid: 'x'.repeat(2040) }) }, 'session policies', '2048'],
    ['eleven ARNs', { 'managed-session-policies': eleven }, 'managed-session-policies', 'at most 10'],
    ['an empty item', { 'managed-session-policies': `${readOnly},,${readOnly}` }, 'managed-session-policies', 'empty'],
    [
      'a policy of another account',
      { 'managed-session-policies': 'arn:aws:iam::111111111111:policy/own' },
      'managed-session-policies',
      '222222222222',
    ],
  ])('%s', (_, inputs, where, what) => {
    expectRefused({ ...chain, ...inputs }, [where, what]);
  });
});

test.each([
  ['role-external-id', 'x'],
  ['role-external-id', 'with blank'],
  ['source-identity', 'x'],
  ['source-identity', 'aws:me'],
])('%s is rejected as AWS would: %s', (name, value) => {
  expectRefused({ ...single, [name]: value }, [name, `'${value}'`, '2 to']);
});

describe('a named profile, on a machine with a metadata service, is refused when it', () => {
  const ci = `[ci]\naws_access_key_id = ${keys['aws-access-key-id']}\naws_secret_access_key = x\n`;
  test.each([
    ['is missing', '', '', [/AWS_PROFILE/, /profile ci, which is neither in .*config nor in .*credentials/]],
    [
      'has an incomplete key pair',
      '[ci]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n',
      '',
      [/profile ci/, /credentials: an incomplete key pair/],
    ],
    [
      'names a source that is missing',
      '',
      `[profile ci]\nrole_arn = ${hub}\nsource_profile = gone\n`,
      [/source_profile names gone/],
    ],
    ['appears twice', `${ci}${ci}`, '', [/credentials: line 4 .*second time/]],
  ])('%s', (_, credentials, config, texts) => {
    const environment = { AWS_PROFILE: 'ci', AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:9' };
    const files = readSharedConfig(
      { path: '/home/.aws/config', text: config },
      { path: '/home/.aws/credentials', text: credentials },
    );
    expectRefused({ 'role-to-assume': hub }, texts, { environment, files });
  });
});
