import { describe, test } from 'vitest';
import { deploy, hub, keys } from '../../support/example-world.js';
import { expectRefused } from '../../support/problems.js';

const chainOf = (...roles: readonly string[]) => roles.join('\n');
const chain = { 'role-chain': chainOf(hub, deploy) } as const;

const map = (words: string) => `- ${hub}\n- role-to-assume: ${deploy}\n  ${words}\n`;

describe('a request is refused for a role that', () => {
  test.each([
    ['is not an ARN', 'deploy role', "'deploy role'", 'Write an ARN like arn:aws:iam::<account ID>:role/<name>'],
    [
      'is the ARN of a session',
      'arn:aws:sts::111111111111:assumed-role/ci-hub/GitHubActions',
      'the ARN of a session',
      'arn:aws:iam::111111111111:role/ci-hub',
    ],
    ['has eleven digits', 'arn:aws:iam::11111111111:role/ci-hub', '11 digits', 'all twelve digits'],
    ['has no account', 'arn:aws:iam:::role/ci-hub', 'account ID', 'twelve digits'],
    ['is a user', 'arn:aws:iam::111111111111:user/ci-bot', 'the ARN of a user, not of a role', 'role/<name>'],
    ['is of another service', 'arn:aws:s3:::bucket', 'not the ARN of an IAM role', 'role/<name>'],
    ['has an unknown partition', 'arn:aws-mars:iam::111111111111:role/ci-hub', "'aws-mars'", 'aws-us-gov'],
    ['has a name that IAM does not allow', 'arn:aws:iam::111111111111:role/ci hub', 'white space', 'one role per line'],
    [
      'is service-linked',
      'arn:aws:iam::111111111111:role/aws-service-role/x.amazonaws.com/Role',
      'service-linked',
      'a role of your own',
    ],
    [
      'is of Identity Center',
      'arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_0',
      'Identity Center',
      'a role of your own',
    ],
    ['contains two roles', `${hub};${deploy}`, 'more than one role', 'one role per line'],
    ['contains an expression', 'arn:aws:iam::$' + '{{ vars.ACCOUNT }}:role/ci-hub', 'arn:aws:iam::', 'role/<name>'],
  ])('%s', (_, role, what, fix) => {
    expectRefused({ 'role-to-assume': role }, ['role-to-assume', what, fix]);
    expectRefused({ 'role-chain': chainOf(hub, role) }, ['role-chain, hop 2', what, fix]);
  });
});

describe('a request is refused for a chain that', () => {
  test.each([
    ['has eleven hops', Array.from({ length: 11 }, () => hub).join('\n'), '11 hops', 'at most 10'],
    [
      'crosses partitions',
      chainOf(hub, 'arn:aws-us-gov:iam::222222222222:role/deploy'),
      'aws-us-gov',
      'Use a separate step for each partition',
    ],
    ['has an empty line', `${hub}\n\n${deploy}`, 'empty', 'unset matrix value'],
    ['has an empty item', `${hub},,${deploy}`, 'empty', 'unset matrix value'],
    ['lost its last item', `${hub},`, 'empty', 'unset matrix value'],
    ['has an empty item in YAML', `- ${hub}\n-\n- ${deploy}\n`, 'empty', 'unset matrix value'],
    ['has a quoted empty item in YAML', `- ${hub}\n- ""\n`, 'empty', 'unset matrix value'],
    ['has an empty option', map('role-external-id: ""'), 'role-external-id', 'unset matrix value'],
    ['has an option that toJSON made null', map('role-external-id: null'), 'null', 'unset matrix value'],
    ['has a hop that toJSON made null', `["${hub}", null]`, 'null', 'unset matrix value'],
    ['has an option without a value', map('role-external-id:'), 'role-external-id', 'unset matrix value'],
    [
      'has an unknown option',
      map('role-external-ids: partner-42'),
      "'role-external-ids'",
      'Did you mean role-external-id?',
    ],
    ['uses a key of another tool', map('duration_seconds: 900'), "'duration_seconds'", 'role-duration-seconds'],
    ['has a hop without a role', `- ${hub}\n- role-external-id: partner-42\n`, 'names no role', 'Add role-to-assume'],
    ['uses YAML anchors', `- &hub ${hub}\n- *hub\n`, 'anchors', 'Write every value in full'],
    [
      'uses a YAML merge',
      `- &a { role-to-assume: "${hub}" }\n- { <<: *a, role-session-name: xy }\n`,
      'anchors',
      'Write every value in full',
    ],
    ['uses YAML tags', `- !!str ${hub}\n`, 'tags', 'Write every value in full'],
    ['nests lists', `- [${hub}, ${deploy}]\n`, 'list', 'role or a map of options'],
    ['has a map in place of a value', map('role-session-name: { a: b }'), 'single value', 'one value'],
    ['is a map', `role-to-assume: ${hub}\n`, 'not a list', 'dash'],
    ['repeats an option', map('role-session-name: one\n  role-session-name: two'), 'is written twice', 'Keep one'],
    ['is broken YAML', `- ${hub}\n- [${deploy}\n`, 'not valid YAML: a bracket', 'Close the bracket'],
  ])('%s', (_, text, what, fix) => {
    expectRefused({ 'role-chain': text }, ['role-chain', what, fix]);
  });

  test.each(['role-chain', 'targets', 'role-to-assume'])('is %s of only a line break', (input) => {
    expectRefused({ ...keys, [input]: '\n' }, [input, 'only white space', 'unset matrix value']);
  });

  test('has eleven hops, one of them wrong', () => {
    const lines = ['arn:aws:iam::1:role/x', ...Array.from({ length: 10 }, () => hub)].join('\n');
    expectRefused({ 'role-chain': lines }, ['role-chain', '11 hops', 'hop 1', '1 digits']);
  });

  test('asks for an hour and a second', () => {
    expectRefused({ ...chain, 'role-duration-seconds': '3601' }, [
      'hop 2, role-duration-seconds',
      '3601 s',
      'Request 900 to 3600 seconds',
    ]);
  });

  test('sets the source identity twice', () => {
    const text = `- { role-to-assume: "${hub}", source-identity: alice }\n- { role-to-assume: "${deploy}", source-identity: bob }`;
    expectRefused({ ...keys, 'role-chain': text }, ['hop 2, source-identity', "'bob'", "'alice'", 'set it once']);
  });
});

describe('a request is refused for this input:', () => {
  test.each([
    ['the session name of Dependabot', { 'role-session-name': 'dependabot[bot]' }, "'dependabot[bot]'", '2 to 64'],
    ['a session name of two lines', { 'role-session-name': 'one\ntwo' }, String.raw`'one\ntwo'`, '2 to 64'],
    ['a session name of one character', { 'role-session-name': 'x' }, "'x'", '2 to 64'],
    ['a session name that is a branch', { 'role-session-name': 'feature/login' }, "'feature/login'", '2 to 64'],
    ['a session name too long', { 'role-session-name': 'x'.repeat(65) }, 'has 65 characters', '2 to 64'],
  ])('%s', (_, inputs, what, fix) => {
    expectRefused({ ...chain, ...inputs }, ['role-session-name', what, fix]);
  });
});

describe('the destination', () => {
  test.each([
    [{ 'role-to-assume': hub, 'role-chain': deploy }, 'role-to-assume, role-chain'],
    [{ 'role-chain': hub, targets: `a: [${hub}]` }, 'role-chain, targets'],
  ])('must be given exactly once: %j', (inputs, where) => {
    expectRefused(inputs, [where, 'Keep one of role-to-assume, role-chain, targets']);
  });
});
