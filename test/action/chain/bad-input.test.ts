import { describe, expect, test } from 'vitest';
import { deploy, hub } from '../../support/example-world.js';
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

// One row for each kind of input; the tests of the domain have all the mistakes.
describe('the step fails before any call for', () => {
  const empty = ['role-chain, hop 2', 'empty', 'unset matrix value'] as const;
  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['a role', { 'role-to-assume': 'deploy role' }, ["'deploy role'", 'Write an ARN like arn:aws:iam::']],
    ['a hop of a plain list', { 'role-chain': `${hub}\n\n${deploy}` }, empty],
    [
      'a hop in YAML',
      { 'role-chain': `- ${hub}\n- role-external-ids: x` },
      ['hop 2', 'Did you mean role-external-id?'],
    ],
    ['a session name', { ...chain, 'role-session-name': 'dependabot[bot]' }, ["'dependabot[bot]'", '2 to 64']],
    ['two destinations', { ...chain, 'role-to-assume': hub }, ['Keep one of role-to-assume, role-chain, targets']],
  ])('%s', async (_, inputs, texts) => {
    await refused(inputs, ...texts);
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

  test('True, FALSE and nothing are booleans', async () => {
    const stage = await openStage();
    await stage.succeeds({ ...chain, 'disable-retry': 'True', 'job-summary': 'FALSE', refresh: '' });
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
