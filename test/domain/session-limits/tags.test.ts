import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHopOption } from '../../../src/domain/declared/hop-options.js';
import {
  defaultTags,
  dropTags,
  isDefaultTagKey,
  type Tag,
  tagRefusals,
} from '../../../src/domain/session-limits/tags.js';
import { nodeOf, reportedAt } from '../../support/nodes.js';

const job = {
  GITHUB_REPOSITORY: 'octo-org/octo-repo',
  GITHUB_WORKFLOW: 'Deploy (all)',
  GITHUB_ACTION: '__self',
  GITHUB_ACTOR: 'dependabot[bot]',
  GITHUB_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_BASE_REF: 'main',
  GITHUB_HEAD_REF: 'feature/#1',
  GITHUB_RUN_ID: '42',
  GITHUB_JOB: 'deploy',
  GITHUB_TRIGGERING_ACTOR: 'octocat',
};
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: 'v' }));
const whats = (tags: readonly Tag[], transitiveKeys: readonly string[] = []) =>
  tagRefusals(tags, transitiveKeys).map(({ what }) => what);

describe('the default session tags', () => {
  it("have GitHub's values for the job, in characters that AWS accepts", () => {
    expect(Object.fromEntries(defaultTags(job).map(({ key, value }) => [key, value]))).toEqual({
      GitHub: 'Actions',
      Repository: 'octo-org/octo-repo',
      Workflow: 'Deploy _all_',
      Action: '__self',
      Actor: 'dependabot_bot_',
      Commit: 'ffac537e6cbbf934b08745a378932722df287a53',
      Branch: 'refs/heads/main',
      EventName: 'pull_request',
      BaseRef: 'main',
      HeadRef: 'feature/_1',
      RunId: '42',
      Job: 'deploy',
      TriggeringActor: 'octocat',
    });
  });

  it('omit what the job does not know', () => {
    expect(defaultTags({ GITHUB_SHA: 'abc', GITHUB_BASE_REF: '' }).map(({ key }) => key)).toEqual(['GitHub', 'Commit']);
  });

  it('are always valid for AWS, for any value', () => {
    const text = fc.string({ unit: 'binary', maxLength: 600 });
    fc.assert(
      fc.property(fc.record(Object.fromEntries(Object.keys(job).map((name) => [name, text]))), (environment) => {
        expect(whats(defaultTags(environment))).toEqual([]);
      }),
    );
  });

  it('are cut between characters, never within one', () => {
    const [, tag] = defaultTags({ GITHUB_WORKFLOW: '𝔘'.repeat(300) });
    expect([...(tag?.value ?? '')]).toHaveLength(256);
    expect(tag?.value).not.toMatch(/\p{Surrogate}/u);
  });

  it('lose only the droppable ones, and report which', () => {
    const { kept, dropped } = dropTags([...defaultTags(job), { key: 'Team', value: 'platform' }]);
    expect(kept.map(({ key }) => key)).toEqual([
      'GitHub',
      'Repository',
      'Workflow',
      'Action',
      'Actor',
      'Commit',
      'Branch',
      'Team',
    ]);
    expect(dropped).toEqual(['EventName', 'BaseRef', 'HeadRef', 'RunId', 'Job', 'TriggeringActor']);
  });

  it('cannot be replaced by a custom tag, in any letter case', () => {
    const custom = ['Repository', 'github', 'EVENTNAME', 'Team'];
    expect(custom.filter(isDefaultTagKey)).toEqual(['Repository', 'github', 'EVENTNAME']);
  });
});

describe('custom tags as JSON', () => {
  const read = (text: string) =>
    reportedAt('custom-tags', (place) => parseHopOption('custom-tags', nodeOf(text), place).tags);

  it('may be strings, numbers and booleans', () => {
    expect(read('{"Team":"platform","Cost":42,"Live":true,"Note":""}')).toMatchObject({
      value: [
        { key: 'Team', value: 'platform' },
        { key: 'Cost', value: '42' },
        { key: 'Live', value: 'true' },
        { key: 'Note', value: '' },
      ],
      problems: [],
    });
  });

  it.each(['1.10', '12345678901234567890', '-0', '1e3', '0.10000000000000000001'])(
    'send the number %s unchanged',
    (number) => {
      expect(read(`{"Version": ${number}}`)).toMatchObject({
        value: [{ key: 'Version', value: number }],
        problems: [],
      });
    },
  );

  it('keep strings that look like numbers, keys or JSON', () => {
    const pairs = { a: '1.10', b: '{"a":1,"a":2}', 'c":': ': 7', 'd\\': '\\"e":1' };
    expect(read(JSON.stringify(pairs))).toMatchObject({
      value: Object.entries(pairs).map(([key, value]) => ({ key, value })),
      problems: [],
    });
  });

  it('never lose a key that is defined twice', () => {
    const { problems } = read('{"Team":"a", "Cost":1, "T\\u0065am":"b"}');
    expect(problems).toMatchObject([{ where: 'custom-tags, line 1, column 24', what: "'Team' is given twice" }]);
  });

  it.each([
    ['{', 'not valid JSON'],
    ['Team=platform', 'not valid JSON'],
    ["{'Team': 'x'}", 'not valid JSON'],
    ['[]', 'not a map'],
    ['null', 'not a map'],
    ['"x"', 'not a map'],
    ['{"a":null}', "the value of 'a'"],
    ['{"a":["b"]}', "the value of 'a'"],
    ['{"a":{"b":"c"}}', "the value of 'a'"],
  ])('%s is reported', (text, words) => {
    const { value, problems } = read(text);
    expect(value).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.what).toContain(words);
  });

  it('every pair of strings is kept', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (pairs) => {
        expect(read(JSON.stringify(pairs)).value).toEqual(
          Object.entries(pairs).map(([key, value]) => ({ key, value })),
        );
      }),
    );
  });
});

describe('the limits AWS sets', () => {
  it.each([
    ['50 tags', many(50), 0],
    ['51 tags', many(51), 1],
    ['a key of 128', [{ key: 'k'.repeat(128), value: '' }], 0],
    ['a key of 129', [{ key: 'k'.repeat(129), value: '' }], 1],
    ['a key of 128 characters beyond the basic plane', [{ key: '𝔘'.repeat(128), value: '' }], 0],
    ['an empty key', [{ key: '', value: 'v' }], 1],
    ['a value of 256', [{ key: 'k', value: 'v'.repeat(256) }], 0],
    ['a value of 257', [{ key: 'k', value: 'v'.repeat(257) }], 1],
    ['an empty value', [{ key: 'k', value: '' }], 0],
    ['every character that is taken', [{ key: 'Ä é_.:/=+-@9', value: 'ü _.:/=+-@' }], 0],
    ['a comma', [{ key: 'a,b', value: '' }], 1],
    ['a star in a value', [{ key: 'k', value: '*' }], 1],
    ['a line break in a value', [{ key: 'k', value: 'a\nb' }], 1],
    ['a line break after a key', [{ key: 'k\n', value: '' }], 1],
    ['the prefix aws:', [{ key: 'aws:x', value: '' }], 1],
    ['the prefix AWS:', [{ key: 'AWS:x', value: '' }], 1],
    ['aws without a colon', [{ key: 'awsome', value: '' }], 0],
    ['keys that differ', [...many(2)], 0],
  ])('%s', (_, tags, count) => {
    expect(whats(tags)).toHaveLength(count);
  });

  it('keys are case-insensitive', () => {
    const tags = ['Team', 'TEAM', 'team', 'Other'].map((key) => ({ key, value: '' }));
    expect(whats(tags)).toEqual(["tag key 'TEAM' is given twice", "tag key 'team' is given twice"]);
  });

  it('a transitive key is one of the tags, in any letter case', () => {
    const tags = [{ key: 'Team', value: '' }];
    expect(whats(tags, ['team'])).toEqual([]);
    expect(whats(tags, ['Team', 'Cost'])).toEqual(["transitive tag key 'Cost' is not among this hop's tags"]);
    expect(whats([], ['Team'])).toHaveLength(1);
  });

  it('every problem of every tag is reported', () => {
    expect(whats([...many(51), { key: 'aws:ä,', value: '*' }], ['x'])).toHaveLength(5);
  });
});
