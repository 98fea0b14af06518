import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseList } from '../../../src/domain/input/list.js';
import { reportedAt } from '../../support/nodes.js';

describe('lists', () => {
  const read = (text: string) => {
    const { value, problems } = reportedAt('role-chain', (place) => parseList(text, place));
    return { value: value.map((item) => item.text), problems };
  };

  it.each([
    ['', []],
    ['a', ['a']],
    ['a,b', ['a', 'b']],
    ['a, b', ['a', 'b']],
    ['a\nb', ['a', 'b']],
    ['a\nb\n', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a,\nb', ['a', 'b']],
    ['a, \n b', ['a', 'b']],
    ['a,b\nc', ['a', 'b', 'c']],
    ['  a  ', ['a']],
  ])('%j', (text, items) => {
    expect(read(text)).toMatchObject({ value: items, problems: [] });
  });

  it.each([',', 'a,', 'a,,b', ',a', 'a,\n', 'a\n\nb', '\na', 'a\n\n', 'a\n ', '\n', ' ', 'a,,\nb', 'a\n,\nb', 'a\n,b'])(
    '%j has an empty item, which is reported',
    (text) => {
      const { value, problems } = read(text);
      expect(problems.length).toBeGreaterThan(0);
      expect(problems[0]?.where).toMatch(/^role-chain, item \d$/);
      expect(problems[0]?.fix).toContain('unset matrix value');
      expect(value).toEqual(text.split(/[,\s]+/).filter((item) => item !== ''));
    },
  );

  it('no item is lost, and every empty one is reported, in any notation', () => {
    const item = fc.oneof({ weight: 4, arbitrary: fc.stringMatching(/^[a-z:/]{1,9}$/) }, fc.constantFrom('', ' '));
    const items = fc.array(item, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(items, fc.constantFrom(',', ', ', '\n', '\r\n', ' ,'), fc.constantFrom('', '\n'), (all, gap, end) => {
        const text = all.join(gap);
        fc.pre(text !== '');
        const { value, problems } = read(`${text}${end}`);
        const wanted = all.map((one) => one.trim()).filter((one) => one !== '');
        expect(value).toEqual(wanted);
        expect(problems.length > 0).toBe(
          wanted.length < all.length && !(end === '' && /\n$/.test(gap) && lostOnlyEnd(all)),
        );
      }),
    );
  });
});

describe('a problem of an item names', () => {
  const read = (text: string) => reportedAt('x', (place) => parseList(text, place));

  it('its number, also when others are wrong', () => {
    const { value } = read('# first\na, b\n\nc');
    expect(value.map(({ text, place }) => [text, place.where])).toEqual([
      ['a', 'x, item 1'],
      ['b', 'x, item 2'],
      ['c', 'x, item 4'],
    ]);
  });

  it('its number with another first one and noun, or a fixed name', () => {
    const { value } = reportedAt('x', (place) =>
      parseList('a,b\nc,d', place, { noun: 'hop', first: 3, isItem: (line) => line === 'a,b' }),
    );
    expect(value.map(({ text, place }) => [text, place.where])).toEqual([
      ['a,b', 'x, hop 3'],
      ['c', 'x, hop 4'],
      ['d', 'x, hop 5'],
    ]);
  });

  it('and whether a comma is before it', () => {
    const { value } = read('a, b\nc,\nd');
    expect(value.map(({ followsComma }) => followsComma)).toEqual([false, true, false, true]);
  });

  it.each([
    ['a\n\nb', 'x, item 2', 'an empty line'],
    ['a,', 'x, item 2', 'the list ends with a comma'],
    ['a,b,\n', 'x, item 3', 'the list ends with a comma'],
    ['a,,b', 'x, item 2', 'nothing but a comma'],
    ['a # the first\nb', 'x, item 1', "a comment follows 'a'"],
    ['"a"\nb', 'x, item 1', "there are quotes around 'a'"],
    ['- a\n- b', 'x', 'written as YAML or JSON'],
    ['["a","b"]', 'x', 'written as YAML or JSON'],
  ])('what is wrong with it: %j', (text, where, what) => {
    const { problems } = read(text);
    expect(problems).toEqual([{ where, what: expect.stringContaining(what), fix: expect.any(String) }]);
  });
});

/** Whether a join and split lost only an empty last item: a final line break ends the last line. */
function lostOnlyEnd(items: readonly string[]): boolean {
  return items.at(-1) === '' && items.slice(0, -1).every((item) => item.trim() !== '');
}

it('a list with far too many items is counted, not parsed', () => {
  const read = (count: number) =>
    reportedAt('targets', (place) => parseList('a\n'.repeat(count), place, { noun: 'target' }));
  expect(read(2_000)).toMatchObject({ value: { length: 2_000 }, problems: [] });
  expect(read(2_001)).toMatchObject({
    value: [],
    problems: [{ where: 'targets', what: '2001 targets', fix: 'There may be at most 2000' }],
  });
});
