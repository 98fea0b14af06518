import { describe, expect, it } from 'vitest';
import { hopOptionNames, parseHopOptions } from '../../../src/domain/declared/hop-options.js';
import { inputNames } from '../../../src/domain/input/input-names.js';
import { mapOf, reportedAt, type Written } from '../../support/nodes.js';

const read = (words: Record<string, Written>, where = 'hop 1') =>
  reportedAt(where, (place) => parseHopOptions(mapOf(words), place));

it('each hop option is also an input of the step', () => {
  expect(hopOptionNames.filter((word) => !(inputNames as readonly string[]).includes(word))).toEqual([]);
  expect(hopOptionNames).toHaveLength(11);
});

describe('an option is parsed', () => {
  it.each<[string, Written, object]>([
    ['role-to-assume', 'ci/deploy', { role: { path: '/ci/', name: 'deploy' } }],
    ['role-session-name', 'octo_org+a=b,c.d@e-f', { roleSessionName: 'octo_org+a=b,c.d@e-f' }],
    ['role-session-name', 'ab', { roleSessionName: 'ab' }],
    ['role-session-name', 's'.repeat(64), { roleSessionName: 's'.repeat(64) }],
    ['role-duration-seconds', '1h30m', { durationSeconds: 5400 }],
    ['role-duration-seconds', 'max', { durationSeconds: 'max' }],
    ['role-external-id', 'a:b/c', { externalId: 'a:b/c' }],
    ['role-external-id', 'x'.repeat(1224), { externalId: 'x'.repeat(1224) }],
    ['source-identity', 'octocat', { sourceIdentity: 'octocat' }],
    ['source-identity', 'x'.repeat(256), { sourceIdentity: 'x'.repeat(256) }],
    ['inline-session-policy', '{"Statement":[]}', { policy: '{"Statement":[]}' }],
    ['inline-session-policy', { Statement: [{ Effect: 'Allow' }] }, { policy: '{"Statement":[{"Effect":"Allow"}]}' }],
    ['managed-session-policies', ['arn:aws:iam::aws:policy/a'], { policyArns: ['arn:aws:iam::aws:policy/a'] }],
    ['managed-session-policies', 'arn:aws:iam::aws:policy/a', { policyArns: ['arn:aws:iam::aws:policy/a'] }],
    ['custom-tags', '{"Team":"a"}', { tags: [{ key: 'Team', value: 'a' }] }],
    ['custom-tags', { Account: '012345678912' }, { tags: [{ key: 'Account', value: '012345678912' }] }],
    ['transitive-tag-keys', 'a, b', { transitiveTagKeys: ['a', 'b'] }],
    ['transitive-tag-keys', ['a', 'b'], { transitiveTagKeys: ['a', 'b'] }],
    ['role-skip-session-tagging', 'FALSE', { skipSessionTagging: false }],
    ['allowed-account-ids', ['012345678912'], { allowedAccountIds: ['012345678912'] }],
    ['allowed-account-ids', '111111111111\n222222222222', { allowedAccountIds: ['111111111111', '222222222222'] }],
  ])('%s: %j', (word, value, wanted) => {
    expect(read({ [word]: value })).toMatchObject({ value: wanted, problems: [] });
  });
});

describe('a value that AWS would refuse is reported with its option', () => {
  it.each<[string, Written, string]>([
    ['role-to-assume', 'arn:aws:sts::111111111111:assumed-role/a/b', 'ARN of a session'],
    ['role-to-assume', '', 'empty'],
    ['role-to-assume', ['a'], 'single value'],
    ['role-session-name', 'a', 'session name'],
    ['role-session-name', 's'.repeat(65), 'session name'],
    ['role-session-name', 'dependabot[bot]', 'session name'],
    ['role-session-name', 'refs/heads/main', 'session name'],
    ['role-session-name', 'a\nb', 'session name'],
    ['role-session-name', 'ab\n', 'session name'],
    ['role-session-name', 'jürgen', 'session name'],
    ['role-duration-seconds', 'abc', 'not a duration'],
    ['role-duration-seconds', '-5', 'not a duration'],
    ['role-duration-seconds', { a: 'b' }, 'single value'],
    ['role-external-id', 'x', 'external ID'],
    ['role-external-id', 'x'.repeat(1225), 'external ID'],
    ['role-external-id', 'a b', 'external ID'],
    ['role-external-id', '', 'empty'],
    ['source-identity', 'aws:x', 'source identity'],
    ['source-identity', 'x', 'source identity'],
    ['source-identity', 'x'.repeat(257), 'source identity'],
    ['role-session-name', 'x'.repeat(65), 'session name'],
    ['inline-session-policy', '{', 'not valid JSON'],
    ['inline-session-policy', ['a'], 'not an object'],
    ['inline-session-policy', { Note: '日本' }, 'Latin-1'],
    ['managed-session-policies', 'ReadOnlyAccess', 'not the ARN'],
    ['managed-session-policies', [], 'list is empty'],
    ['managed-session-policies', '', 'list is empty'],
    ['custom-tags', 'Team=a', 'not valid JSON'],
    ['custom-tags', ['a'], 'tags are not a map'],
    ['custom-tags', { Team: { a: 'b' } }, 'not a string, number or boolean'],
    ['transitive-tag-keys', ['a', ''], 'item is empty'],
    ['transitive-tag-keys', ['a', ['b']], 'itself a list or map'],
    ['transitive-tag-keys', { a: 'b' }, 'itself a list or map'],
    ['role-skip-session-tagging', 'yes', 'not a boolean'],
    ['role-skip-session-tagging', '', 'empty'],
    ['allowed-account-ids', 'any', 'not an AWS account ID'],
    ['allowed-account-ids', '11111111111', 'not an AWS account ID'],
    ['allowed-account-ids', [], 'list is empty'],
  ])('%s: %j', (word, value, words) => {
    const { problems } = read({ [word]: value }, 'role-chain, hop 2');
    expect(problems[0]?.where).toMatch(
      new RegExp(`^role-chain, hop 2(, line 1, column \\d)?, ${word}(, (item 2|item 1|Team))?$`),
    );
    expect(problems.map(({ what }) => what).join('\n')).toContain(words);
  });

  it.each<[string, Written]>([
    ['managed-session-policies', ''],
    ['managed-session-policies', 'a,,b'],
    ['transitive-tag-keys', 'a,,b'],
    ['transitive-tag-keys', ['a', ' ']],
    ['allowed-account-ids', '111111111111,'],
  ])('an empty item is reported once: %s: %j', (word, value) => {
    const { whats } = read({ [word]: value });
    expect(whats.filter((what) => /empty/.test(what))).toHaveLength(1);
  });
});

describe('an unknown option', () => {
  it('is reported with the intended one', () => {
    expect(read({ 'role-externalid': 'x' }).problems).toEqual([
      { where: 'hop 1', what: "'role-externalid' is not a key of a hop", fix: 'Did you mean role-external-id?' },
    ]);
  });

  it.each(['role', 'role_arn', 'role-arn', 'roleArn'])('that is another name for the role: %s', (word) => {
    expect(read({ [word]: 'x' }).problems[0]?.fix).toBe('Did you mean role-to-assume?');
  });

  it.each(['role_arn', 'toString', '__proto__', 'constructor', 'aws-region', 'refresh'])('%s', (word) => {
    const { value, problems } = read(JSON.parse(`{"${word}": "x"}`));
    expect(value).toEqual({});
    expect(problems[0]?.what).toBe(`'${word}' is not a key of a hop`);
  });
});

it('every problem of every option is reported together', () => {
  const { problems } = read({
    'role-to-assume': 'role/x',
    'role-session-name': '!',
    'role-duration-seconds': 'soon',
    'role-external-id': '?',
    nonsense: 'x',
  });
  expect(problems).toHaveLength(5);
});
