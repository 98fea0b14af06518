import { describe, expect, it } from 'vitest';
import type { InvalidRequest } from '../../../src/domain/input/problem.js';
import { readRequest } from '../../../src/domain/request/read-request.js';
import { readSharedConfig } from '../../../src/domain/shared-config/read-shared-config.js';
import { deploy, hub, keys } from '../../support/example-world.js';
import { problemsOf, tokenVariables } from '../../support/problems.js';

const temporary = { ...keys, 'aws-access-key-id': 'ASIAIOSFODNN7EXAMPLE', 'aws-session-token': 'not-a-token' };

const read = (inputs: Record<string, string>) => readRequest({ inputs, environment: tokenVariables });

const problems = (inputs: Record<string, string>) => problemsOf(inputs).map(({ where, what }) => `${where}: ${what}`);

describe('what AWS would refuse is reported before any call', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    [
      'two partitions',
      { 'role-chain': `${hub}\narn:aws-cn:iam::222222222222:role/x` },
      /^role-chain, hop 2: .*partition aws into aws-cn/,
    ],
    [
      'a Region of another partition',
      { 'role-chain': hub, 'aws-region': 'cn-north-1' },
      /^aws-region: 'cn-north-1' is in partition aws-cn/,
    ],
    ['a session name', { 'role-chain': hub, 'role-session-name': 'refs/heads/main' }, /^role-session-name: /],
    [
      'a chained hop over an hour',
      { 'role-chain': `${hub}\n${deploy}`, 'role-duration-seconds': '3601' },
      /hop 2, role-duration-seconds: 3601 s .*role chaining/,
    ],
    [
      'a first hop over an hour from temporary keys',
      { ...temporary, 'role-to-assume': hub, 'role-duration-seconds': '2h' },
      /role chaining/,
    ],
    ['a duration of 899', { 'role-to-assume': hub, 'role-duration-seconds': '899' }, /shorter than any AWS session/],
    ['a duration of 43201', { 'role-to-assume': hub, 'role-duration-seconds': '43201' }, /longer than any AWS session/],
    ['an external id', { ...keys, 'role-to-assume': hub, 'role-external-id': 'a b' }, /^role-external-id: /],
    [
      'a source identity set again',
      {
        ...keys,
        'role-chain': `- {role-to-assume: ${hub}, source-identity: me}\n- {role-to-assume: ${deploy}, source-identity: you}`,
      },
      /hop 2, source-identity: 'you' differs from 'me'/,
    ],
    [
      '51 tags',
      {
        ...keys,
        'role-chain': hub,
        'custom-tags': JSON.stringify(Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, '']))),
      },
      /51 session tags/,
    ],
    [
      'a tag twice',
      { ...keys, 'role-chain': hub, 'custom-tags': '{"Team":"a","team":"b"}' },
      /tag key 'team' is given twice/,
    ],
    ['a tag of AWS', { ...keys, 'role-chain': hub, 'custom-tags': '{"aws:x":"a"}' }, /begins with aws:/],
    [
      'a transitive key without a tag',
      { ...keys, 'role-chain': hub, 'transitive-tag-keys': 'Team' },
      /'Team' is not among/,
    ],
    [
      'a later hop that sets an inherited tag',
      {
        ...keys,
        'role-chain': `- {role-to-assume: ${hub}, custom-tags: {Team: a}, transitive-tag-keys: [Team]}\n- {role-to-assume: ${deploy}, custom-tags: {team: b}}`,
      },
      /hop 2, custom-tags: tag key 'Team' is transitive from hop 1/,
    ],
    [
      'a tag on the hop of a token',
      { 'role-chain': `- {role-to-assume: ${hub}, custom-tags: {a: b}}\n- ${deploy}` },
      /hop 1, custom-tags: .*AssumeRoleWithWebIdentity/,
    ],
    [
      'an external id on the hop of a token',
      { 'role-chain': `- {role-to-assume: ${hub}, role-external-id: xy}\n- ${deploy}` },
      /hop 1, role-external-id: /,
    ],
    [
      'a source identity on the hop of a token',
      { 'role-chain': `- {role-to-assume: ${hub}, source-identity: xy}\n- ${deploy}` },
      /hop 1, source-identity: /,
    ],
    [
      'a policy that is not JSON',
      { 'role-to-assume': hub, 'inline-session-policy': 'Statement: []' },
      /not valid JSON/,
    ],
    ['a policy beyond Latin-1', { 'role-to-assume': hub, 'inline-session-policy': '{"a":"日"}' }, /Latin-1/],
    [
      '2049 characters of policies',
      {
        'role-to-assume': hub,
        'inline-session-policy': JSON.stringify({ a: 'x'.repeat(2049 - 8 - 30) }),
        'managed-session-policies': 'arn:aws:iam::aws:policy/abcdef',
      },
      /2049 characters/,
    ],
    [
      'a policy of a token that is long by its blanks',
      { 'role-to-assume': hub, 'inline-session-policy': `{"a": "b c"${' '.repeat(2100)}}` },
      /2112 characters \(11 without white space\)/,
    ],
    [
      'a policy that is long without its blanks too',
      { ...keys, 'role-to-assume': hub, 'inline-session-policy': `{ "a": "${'x '.repeat(1050)}" }` },
      /2111 characters \(2108 without white space\)/,
    ],
    [
      '11 managed policies',
      {
        'role-to-assume': hub,
        'managed-session-policies': Array.from({ length: 11 }, (_, n) => `arn:aws:iam::aws:policy/p${n}`).join(),
      },
      /11 managed session policies/,
    ],
    [
      'a managed policy of another account',
      { 'role-to-assume': hub, 'managed-session-policies': 'arn:aws:iam::222222222222:policy/x' },
      /is not in the account/,
    ],
    [
      'a managed policy of another partition',
      { 'role-to-assume': hub, 'managed-session-policies': 'arn:aws-cn:iam::aws:policy/x' },
      /is not in the account and partition/,
    ],
    [
      'a role in an account that is not allowed',
      { 'role-to-assume': hub, 'allowed-account-ids': '222222222222' },
      /only 222222222222 is allowed/,
    ],
    [
      'a hop in an account that is not allowed',
      { 'role-chain': `- {role-to-assume: ${hub}, allowed-account-ids: ["222222222222"]}\n- ${deploy}` },
      /hop 1, allowed-account-ids/,
    ],
  ])('%s', (_, inputs, words) => {
    expect(problems(inputs)).toEqual([expect.stringMatching(words)]);
  });
});

describe('what AWS accepts is not rejected', () => {
  it.each<[string, Record<string, string>]>([
    ['3600 seconds on a chained hop', { 'role-chain': `${hub}\n${deploy}`, 'role-duration-seconds': '3600' }],
    ['12 hours on the hop of a token', { 'role-to-assume': hub, 'role-duration-seconds': '12h' }],
    ['12 hours from a user', { ...keys, 'role-to-assume': hub, 'role-duration-seconds': '43200' }],
    [
      '12 hours from an instance',
      { 'credential-source': 'Ec2InstanceMetadata', 'role-to-assume': hub, 'role-duration-seconds': '43200' },
    ],
    ['max at the end of a chain', { 'role-chain': `${hub}\n${deploy}`, 'role-duration-seconds': 'max' }],
    [
      'the same source identity twice',
      {
        ...keys,
        'role-chain': `- {role-to-assume: ${hub}, source-identity: me}\n- {role-to-assume: ${deploy}, source-identity: me}`,
      },
    ],
    [
      '2048 characters of policies',
      { 'role-to-assume': hub, 'inline-session-policy': JSON.stringify({ a: 'x'.repeat(2048 - 8) }) },
    ],
    [
      "AWS's own policy in China",
      {
        'role-to-assume': 'arn:aws-cn:iam::111111111111:role/x',
        'managed-session-policies': 'arn:aws-cn:iam::aws:policy/x',
      },
    ],
    [
      'a tag that was not transitive, again',
      {
        ...keys,
        'role-chain': `- {role-to-assume: ${hub}, custom-tags: {Team: a}}\n- {role-to-assume: ${deploy}, custom-tags: {Team: b}}`,
      },
    ],
    [
      'a policy of AssumeRole that is long by its blanks alone',
      { ...keys, 'role-to-assume': hub, 'inline-session-policy': `{"a": "b c"${' '.repeat(2100)}}` },
    ],
    ['an unknown Region', { 'role-to-assume': hub, 'aws-region': 'xy-central-1' }],
  ])('%s', (_, inputs) => {
    expect(problems(inputs)).toEqual([]);
  });
});

describe('a suspicious chain causes a warning', () => {
  it('a role that assumes itself, and a chain that returns to an earlier role', () => {
    const { warnings } = read({ 'role-chain': `${hub}\n${hub}\n${deploy}\n${hub}` });
    expect(warnings).toEqual([
      `role-chain, hop 2: ${hub} assumes itself; its own trust policy must name it.`,
      `role-chain, hop 4: the chain assumes ${hub} again; hop 1 has assumed it already.`,
    ]);
  });

  it('trust policies that need more because of inherited tags and source identity', () => {
    const chain = `- {role-to-assume: ${hub}, source-identity: me, custom-tags: {Team: a}, transitive-tag-keys: [Team]}\n- ${deploy}`;
    expect(read({ ...keys, 'role-chain': chain }).notices).toEqual([
      `Hop 2 inherits the transitive tags Team: the trust policy of ${deploy} must allow sts:TagSession.`,
      `Hop 2 inherits the source identity: the trust policy of ${deploy} must allow sts:SetSourceIdentity.`,
    ]);
    expect(read({ 'role-chain': `${hub}\n${deploy}` }).notices).toEqual([]);
  });

  it('the global endpoint with an opt-in Region', () => {
    const inputs = { 'role-to-assume': hub, 'sts-endpoint': 'https://sts.amazonaws.com' };
    expect(read({ ...inputs, 'aws-region': 'eu-south-1' }).warnings).toHaveLength(1);
    expect(read({ ...inputs, 'aws-region': 'eu-west-1' }).warnings).toEqual([]);
  });
});

describe('an AWS endpoint serves one partition', () => {
  const problems = (inputs: Record<string, string>) => {
    try {
      read(inputs);
      return [];
    } catch (error) {
      return (error as InvalidRequest).problems.map(({ where }) => where);
    }
  };

  it.each([
    ['arn:aws-cn:iam::222222222222:role/deploy', 'https://sts.amazonaws.com'],
    ['arn:aws-us-gov:iam::222222222222:role/deploy', 'https://sts.eu-west-1.amazonaws.com'],
    [deploy, 'https://sts.cn-north-1.amazonaws.com.cn'],
    [deploy, 'https://sts-fips.us-gov-west-1.amazonaws.com'],
  ])('%s is not allowed at %s', (role, endpoint) => {
    expect(problems({ ...keys, 'role-to-assume': role, 'sts-endpoint': endpoint })).toEqual(['sts-endpoint']);
  });

  it.each([
    [deploy, 'https://sts.eu-west-1.amazonaws.com'],
    [deploy, 'https://sts.example.com'],
    ['arn:aws-cn:iam::222222222222:role/deploy', 'https://sts.cn-north-1.amazonaws.com.cn'],
  ])('%s is allowed at %s', (role, endpoint) => {
    expect(problems({ ...keys, 'role-to-assume': role, 'sts-endpoint': endpoint })).toEqual([]);
  });
});

it('a SAML provider of another partition than the first role is a problem', () => {
  const provider = 'arn:aws-us-gov:iam::111111111111:saml-provider/corp';
  const inputs = { 'role-to-assume': deploy, 'saml-assertion-file': 'a', 'saml-provider-arn': provider };
  expect(() => read(inputs)).toThrow(/saml-provider-arn: .*aws-us-gov/);
  expect(() => read({ ...inputs, 'saml-provider-arn': provider.replace('-us-gov', '') })).not.toThrow();
});

describe('a base identity with two sources', () => {
  it('causes a warning when AWS_PROFILE hides keys from some tools', () => {
    const environment = {
      ...tokenVariables,
      AWS_PROFILE: 'team',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 's',
    };
    const inputs = { 'role-to-assume': deploy, 'role-chaining': 'true' };
    const credentials = { path: 'credentials', text: '[team]\naws_access_key_id = a\naws_secret_access_key = b\n' };
    const files = readSharedConfig({ path: 'config' }, credentials);
    expect(readRequest({ inputs, environment, files }).warnings.join()).toContain('profile team');
  });

  it('is a problem when only a part of it is given', () => {
    expect(() => read({ 'role-to-assume': deploy, 'aws-session-token': 'alone' })).toThrow(/aws-access-key-id/);
    const provider = 'arn:aws:iam::111111111111:saml-provider/corp';
    expect(() => read({ 'role-to-assume': deploy, 'saml-provider-arn': provider })).toThrow(/saml-assertion-file/);
  });
});

it('a policy that is long only with its whitespace causes a warning, with the length that counts', () => {
  const inputs = { ...keys, 'role-to-assume': hub, 'inline-session-policy': `{"a": "b c"${'\n'.repeat(2100)}}` };
  expect(readRequest({ inputs, environment: {} }).warnings).toEqual([
    expect.stringContaining('the session policies have 2112 characters, 11 of them without white space'),
  ]);
});
