import { describe, expect, it } from 'vitest';
import { parseBoolean, parseInteger } from '../../../src/domain/input/scalar.js';
import { reportedAt } from '../../support/nodes.js';

describe('booleans', () => {
  it.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['false', false],
    ['False', false],
    ['FALSE', false],
  ])('%s', (text, wanted) => {
    expect(reportedAt('x', (place) => parseBoolean(text, place))).toMatchObject({ value: wanted, problems: [] });
  });

  it('an empty one counts as not given', () => {
    expect(reportedAt('x', (place) => parseBoolean('', place))).toMatchObject({ value: undefined, problems: [] });
  });

  it.each(['yes', 'no', 'on', '1', '0', 'tRUE', 'true ', 'null', 'toString', '__proto__', 'constructor'])(
    '%j is not one',
    (text) => {
      const { value, problems } = reportedAt('refresh', (place) => parseBoolean(text, place));
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
    reportedAt('retry-max-attempts', (place) => parseInteger(text, { minimum: 1, maximum: 100 }, place));

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

  it('an empty one counts as not given', () => {
    expect(read('')).toMatchObject({ value: undefined, problems: [] });
  });
});
