import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBoolean, parseInteger, parseList } from '../../../src/domain/input/scalar.js';
import { reported } from '../../support/reported.js';

describe('booleans', () => {
  it.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['false', false],
    ['False', false],
    ['FALSE', false],
  ])('%s', (text, wanted) => {
    expect(reported((report) => parseBoolean(text, 'x', report))).toMatchObject({ value: wanted, problems: [] });
  });

  it('an empty one was not given', () => {
    expect(reported((report) => parseBoolean('', 'x', report))).toMatchObject({ value: undefined, problems: [] });
  });

  it.each(['yes', 'no', 'on', '1', '0', 'tRUE', 'true ', 'null', 'toString', '__proto__', 'constructor'])(
    '%j is none',
    (text) => {
      const { value, problems } = reported((report) => parseBoolean(text, 'refresh', report));
      expect(value).toBeUndefined();
      expect(problems).toEqual([
        {
          where: 'refresh',
          what: `'${text}' is not a boolean`,
          fix: 'Write one of true, True, TRUE, false, False, FALSE',
        },
      ]);
    },
  );
});

describe('whole numbers', () => {
  const read = (text: string) =>
    reported((report) => parseInteger(text, { where: 'retry-max-attempts', minimum: 1, maximum: 100 }, report));

  it.each([
    ['1', 1],
    ['100', 100],
    ['007', 7],
  ])('%s', (text, wanted) => {
    expect(read(text)).toMatchObject({ value: wanted, problems: [] });
  });

  it.each(['0', '101', '-1', '+1', '1.0', '1e1', '0x10', ' 1', '1 ', 'ten', '٣', 'Infinity', '9'.repeat(400)])(
    '%j is reported, with the range',
    (text) => {
      const { value, problems } = read(text);
      expect(value).toBeUndefined();
      expect(problems[0]?.fix).toBe('Write a whole number from 1 to 100');
    },
  );

  it('an empty one was not given', () => {
    expect(read('')).toMatchObject({ value: undefined, problems: [] });
  });
});

describe('lists', () => {
  const read = (text: string) => reported((report) => parseList(text, 'role-chain', report));

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
    '%j lost an item, and says so',
    (text) => {
      const { value, problems } = read(text);
      expect(problems).toHaveLength(1);
      expect(problems[0]?.fix).toContain('unset matrix value');
      expect(value).toEqual(text.split(/[,\s]+/).filter((item) => item !== ''));
    },
  );

  it('no item is lost, and no empty one goes unsaid, however the list is written', () => {
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

/** A single line break at the very end ends the last line; it does not begin an empty item. */
function lostOnlyEnd(items: readonly string[]): boolean {
  return items.at(-1) === '' && items.slice(0, -1).every((item) => item.trim() !== '');
}
