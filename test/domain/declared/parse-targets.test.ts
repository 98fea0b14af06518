import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/domain/declared/catalog.js';
import { parseTargets } from '../../../src/domain/declared/parse-targets.js';
import { reportedAt } from '../../support/nodes.js';

const hub = 'arn:aws:iam::111111111111:role/hub';
const deploy = 'arn:aws:iam::222222222222:role/deploy';
const names = ['staging', 'prod', 'a', 'b'];
const catalog: Catalog = { file: 'roles.yml', names, selectable: names, resolve: (name) => ({ name, hops: [] }) };
const asMap = (text: string) => reportedAt('targets', (place) => parseTargets(text, undefined, place));
const asNames = (text: string) => reportedAt('targets', (place) => parseTargets(text, catalog, place));
const chains = (text: string) =>
  asMap(text).value.map(({ name, hops }) => [name, hops.map(({ options }) => options.role?.name)]);

describe('all notations of the same map are equal', () => {
  it.each([
    `staging: [${hub}, ${deploy}]\nprod: [${hub}]`,
    `staging: [${hub}, ${deploy}]\r\nprod: [${hub}]\r\n`,
    `# by stage\nstaging:\n  - ${hub}\n  - ${deploy}\nprod:\n- ${hub} # only\n`,
    `staging: ${hub}, ${deploy}\nprod: ${hub}`,
    `staging: |\n  ${hub}\n  ${deploy}\nprod: >-\n  ${hub}\n`,
    `staging:\n  - role-to-assume: ${hub}\n  - ${deploy}\nprod: { role-to-assume: ${hub} }`,
    `{ staging: [${hub}, ${deploy}], prod: [${hub}] }`,
    `"staging": [${hub}, ${deploy}]\n'prod': [${hub}]`,
  ])('%j', (text) => {
    expect(chains(text)).toEqual([
      ['staging', ['hub', 'deploy']],
      ['prod', ['hub']],
    ]);
    expect(asMap(text).problems).toEqual([]);
  });

  it('and every hop knows where it was declared', () => {
    const [staging] = asMap(`staging:\n  [${hub}, ${deploy}]`).value;
    expect(staging?.hops.map(({ place }) => place.where)).toEqual([
      'targets, line 2, column 4, target staging, hop 1',
      'targets, line 2, column 40, target staging, hop 2',
    ]);
  });
});

describe('all notations of the same names are equal', () => {
  it.each([
    'staging\nprod',
    'staging, prod',
    'staging,\nprod\n',
    '- staging\n- prod',
    '[staging, prod]',
    '# all\nstaging\n# but dev\nprod',
  ])('%j', (text) => {
    const { value, problems } = asNames(text);
    expect(value.map(({ name }) => name)).toEqual(['staging', 'prod']);
    expect(problems).toEqual([]);
  });
});

describe('a problem has a fix', () => {
  it.each<[string, string, string, string]>([
    ['an empty map', '{}', 'the map is empty', 'Name at least one target'],
    ['an empty chain', 'a: []', 'the chain is empty', 'Name at least one role'],
    ['an empty chain', `a: [${hub}]\nb:`, 'the hop is empty', 'An unset matrix value'],
    ['an empty item', `a: ['']`, 'the hop is empty', 'An unset matrix value'],
    ['a list that lost its end', `a: "${hub},"`, 'the item is empty', 'An unset matrix value'],
    ['a name twice', `a: [${hub}]\na: [${deploy}]`, "'a' is written twice", 'Keep one of them'],
    ['a folded map', `a: [${hub}] b: [${deploy}]`, 'not valid YAML', 'Write targets: | instead of targets: >'],
    ['a folded map of texts', `a: ${hub} b: ${deploy}`, 'not valid YAML', 'Write targets: | instead of targets: >'],
    ['a list of maps', `- a: [${hub}]`, 'a list of targets has names only', 'Write a map without dashes'],
    ['roles without names', `${hub}\n${deploy}`, 'roles without names', 'one chain in role-chain'],
    ['names without a file', 'staging\nprod', 'role-chain-file does not say', 'write targets as a map'],
    ['a name with a slash', `a/b: [${hub}]`, "'a/b' cannot be the name of an AWS profile", 'without white space'],
    ['a name with a bracket', `"a]": [${hub}]`, "'a]' cannot be the name of an AWS profile", 'without white space'],
    ['an anchor', `a: &x [${hub}]\nb: *x`, 'anchors and aliases are not supported', 'Write every value in full'],
  ])('%s', (_, text, what, fix) => {
    const { problems } = asMap(text);
    expect(problems.map((problem) => `${problem.what} | ${problem.fix}`)).toEqual([
      expect.stringMatching(new RegExp(`${escaped(what)}.* \\| .*${escaped(fix)}`)),
    ]);
  });

  it.each<[string, string, string, string]>([
    ['a name twice', 'a\nb\na', "'a' is named twice", 'Name each target once'],
    [
      'names that were folded',
      'staging prod\n',
      "'staging prod' contains white space",
      'Write one name per line under targets: |',
    ],
    ['an unset name', 'a,,b', 'the item is empty', 'An unset matrix value'],
    ['an unset name of a YAML list', "['', b]", 'the name is empty', 'An unset matrix value'],
    ['a map together with a file', `a: [${hub}]`, 'names no target of role-chain-file', 'Remove role-chain-file'],
  ])('of names: %s', (_, text, what, fix) => {
    const { problems } = asNames(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.what).toContain(what);
    expect(problems[0]?.fix).toContain(fix);
  });
});

describe('any text', () => {
  const name = fc.stringMatching(/^[a-z][\w.-]{0,20}$/);

  it('keeps the targets of a map and their order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 30 }), (names) => {
        const { value, problems } = asMap(names.map((one) => `${one}: [${hub}, ${deploy}]`).join('\n'));
        expect(value.map((target) => target.name)).toEqual(names);
        expect(problems).toEqual([]);
      }),
    );
  });

  it('never throws, and reports a problem when it contains no target', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { value, problems } = asMap(text);
        expect(value.length + problems.length).toBeGreaterThan(text.trim() === '' ? -1 : 0);
      }),
    );
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
