import { describe, expect, test } from 'vitest';
import { deploy, hub, keys } from '../../support/example-world.js';
import { chainOf, openStage } from '../../support/stage.js';

const chain = { 'role-chain': chainOf(hub, deploy) } as const;

/** The step fails before any request, with a message that says where, what is wrong, and how to fix it. */
async function refused(
  inputs: Readonly<Record<string, string>>,
  ...texts: readonly (string | RegExp)[]
): Promise<void> {
  const stage = await openStage();
  const { log, annotations } = await stage.refuses(inputs, ...texts);
  const [, where = '?'] = /^ *- (\S[^:]*): .*\.\n *→ \S.*[.?]$/m.exec(log) ?? [];
  expect(annotations[0]?.title).toMatch(/^The step cannot run as it is written/);
  expect(annotations[0]?.message, log).toContain(where);
}

const map = (words: string) => `- ${hub}\n- role-to-assume: ${deploy}\n  ${words}\n`;

describe('the step fails before any call for a role that', () => {
  test.each([
    ['is not an ARN', 'deploy role', "'deploy role'", 'Write an ARN like arn:aws:iam::<account id>:role/<name>'],
    [
      'is the ARN of a session',
      'arn:aws:sts::111111111111:assumed-role/ci-hub/GitHubActions',
      'the ARN of a session',
      'arn:aws:iam::111111111111:role/ci-hub',
    ],
    ['has eleven digits', 'arn:aws:iam::11111111111:role/ci-hub', '11 digits', 'all twelve digits'],
    ['has no account', 'arn:aws:iam:::role/ci-hub', 'account id', 'twelve digits'],
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
  ])('%s', async (_, role, what, fix) => {
    await refused({ 'role-to-assume': role }, 'role-to-assume', what, fix);
    await refused({ 'role-chain': chainOf(hub, role) }, 'role-chain, hop 2', what, fix);
  });
});

describe('the step fails before any call for a chain that', () => {
  test.each([
    ['has eleven hops', Array.from({ length: 11 }, () => hub).join('\n'), '11 hops', 'at most 10'],
    [
      'crosses partitions',
      chainOf(hub, 'arn:aws-us-gov:iam::222222222222:role/deploy'),
      'aws-us-gov',
      'Give each partition its own step',
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
    ['uses YAML anchors', `- &hub ${hub}\n- *hub\n`, 'anchors', 'Write every value out'],
    [
      'uses a YAML merge',
      `- &a { role-to-assume: "${hub}" }\n- { <<: *a, role-session-name: xy }\n`,
      'anchors',
      'Write every value out',
    ],
    ['uses YAML tags', `- !!str ${hub}\n`, 'tags', 'Write every value out'],
    ['nests lists', `- [${hub}, ${deploy}]\n`, 'list', 'role or a map of options'],
    ['has a map in place of a value', map('role-session-name: { a: b }'), 'single value', 'one value'],
    ['is a map', `role-to-assume: ${hub}\n`, 'not a list', 'dash'],
    ['repeats an option', map('role-session-name: one\n  role-session-name: two'), 'is written twice', 'Keep one'],
    ['is broken YAML', `- ${hub}\n- [${deploy}\n`, 'not valid YAML: a bracket', 'Close the bracket'],
  ])('%s', async (_, text, what, fix) => {
    await refused({ 'role-chain': text }, 'role-chain', what, fix);
  });

  test.each(['role-chain', 'targets', 'role-to-assume'])('is %s of only a line break', async (input) => {
    await refused({ ...keys, [input]: '\n' }, input, 'only white space', 'unset matrix value');
  });

  test('has eleven hops, one of them wrong', async () => {
    const lines = ['arn:aws:iam::1:role/x', ...Array.from({ length: 10 }, () => hub)].join('\n');
    await refused({ 'role-chain': lines }, 'role-chain', '11 hops', 'hop 1', '1 digits');
  });

  test('asks for an hour and a second', async () => {
    await refused(
      { ...chain, 'role-duration-seconds': '3601' },
      'hop 2, role-duration-seconds',
      '3601 s',
      'Request 900 to 3600 seconds',
    );
  });

  test('sets the source identity twice', async () => {
    const text = `- { role-to-assume: "${hub}", source-identity: alice }\n- { role-to-assume: "${deploy}", source-identity: bob }`;
    await refused({ ...keys, 'role-chain': text }, 'hop 2, source-identity', "'bob'", "'alice'", 'set it once');
  });
});

describe('the step fails before any call for this input:', () => {
  test.each([
    ['the session name of Dependabot', { 'role-session-name': 'dependabot[bot]' }, "'dependabot[bot]'", '2 to 64'],
    ['a session name of two lines', { 'role-session-name': 'one\ntwo' }, String.raw`'one\ntwo'`, '2 to 64'],
    ['a session name of one character', { 'role-session-name': 'x' }, "'x'", '2 to 64'],
    ['a session name that is a branch', { 'role-session-name': 'feature/login' }, "'feature/login'", '2 to 64'],
    ['a session name too long', { 'role-session-name': 'x'.repeat(65) }, 'has 65 characters', '2 to 64'],
  ])('%s', async (_, inputs, what, fix) => {
    await refused({ ...chain, ...inputs }, 'role-session-name', what, fix);
  });

  test('yes is not a boolean, and all such inputs are reported together', async () => {
    const names = [
      'role-chaining',
      'force-skip-oidc',
      'use-existing-credentials',
      'unset-current-credentials',
      'role-skip-session-tagging',
      'output-env-credentials',
      'output-credentials',
      'overwrite-aws-profile',
      'refresh',
      'mask-aws-account-id',
      'job-summary',
      'dry-run',
      'disable-retry',
      'special-characters-workaround',
    ];
    const lines = names.map((name) => `${name}: 'yes' is not a boolean`);
    await refused({ ...chain, ...Object.fromEntries(names.map((name) => [name, 'yes'])) }, ...lines);
  });

  test.each(['tRUE', '1', 'on'])('nor is a boolean %s', async (text) => {
    await refused(
      { ...chain, 'disable-retry': text },
      'disable-retry',
      `'${text}'`,
      'true, True, TRUE, false, False, FALSE',
    );
  });

  test.each(['True', 'TRUE', 'False', 'FALSE', ''])('but %j is a boolean', async (text) => {
    const stage = await openStage();
    await stage.succeeds({ ...chain, 'disable-retry': text });
  });
});

describe('an unknown input', () => {
  test.each([
    ['allowed-account-id', '333333333333', 'allowed-account-ids'],
    ['dry_run', 'true', 'dry-run'],
  ])('is an error when it is a misspelt input: %s', async (name, value, meant) => {
    const stage = await openStage({ environment: { [`INPUT_${name.toUpperCase()}`]: value } });
    await stage.refuses(chain, `${name}: '${name}' is not an input of this action`, `Write it as ${meant}`);
  });

  test('causes one warning otherwise, as in an action that runs this one', async () => {
    const stage = await openStage({ environment: { INPUT_ACTION: 'org/assume-role@v1', INPUT_COMMAND: 'x' } });
    const { annotations } = await stage.succeeds(chain);
    const warnings = annotations.filter(({ level }) => level === 'warning');
    expect(warnings.map(({ message }) => message)).toEqual([
      "This action has no inputs 'action', 'command'; what is given there has no effect.",
    ]);
  });
});

describe('the destination', () => {
  test.each([
    [{ 'role-to-assume': hub, 'role-chain': deploy }, 'role-to-assume, role-chain'],
    [{ 'role-chain': hub, targets: `a: [${hub}]` }, 'role-chain, targets'],
  ])('must be given exactly once: %j', async (inputs, where) => {
    await refused(inputs, where, 'Keep one of role-to-assume, role-chain, targets');
  });
});

test('several problems are reported together, each with where, what and how', async () => {
  const stage = await openStage();
  const { log, annotations } = await stage.refuses({
    'role-chain': `- arn:aws:iam::1:role/a\n- { role-to-assume: "${deploy}", role-external-ids: x, role-duration-seconds: abc }`,
    'role-session-name': 'dependabot[bot]',
    'custom-tags': '{"Team":',
    'aws-region': 'Ireland',
    'sts-endpoint': 'http://sts.example.com',
    'retry-max-attempts': 'many',
    'allowed-account-ids': '',
  });
  expect(log.match(/^ *→ /gm)).toHaveLength(9);
  expect(annotations[0]?.title).toContain('9 problems');
  const wheres = [
    'hop 1',
    'hop 2',
    'role-session-name',
    'custom-tags',
    'aws-region',
    'sts-endpoint',
    'retry-max-attempts',
    'allowed-account-ids',
  ];
  for (const where of wheres) {
    expect(log).toContain(where);
  }
});

test('user text in an error is never a workflow command', async () => {
  const stage = await openStage();
  const step = await stage.refuses({ ...chain, 'role-session-name': '\n::set-output name=a::b\n##[error]x' });
  expect(step.outputs).toEqual({});
  expect(step.rawLines.filter(({ line }) => /^\s*::(?!add-mask|error)/.test(line))).toEqual([]);
});
