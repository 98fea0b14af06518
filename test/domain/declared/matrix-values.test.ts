import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMatrix } from '../../../src/domain/declared/matrix-values.js';
import { parseYaml } from '../../../src/domain/input/yaml.js';
import { reportedAt } from '../../support/nodes.js';

function read(text: string) {
  const { value, problems } = reportedAt('x', (place) => {
    const node = parseYaml(text, place);
    return node && parseMatrix(node, place.at('matrix', node));
  });
  return { value: value ?? {}, problems };
}

describe('a value has the type of its YAML form', () => {
  it.each<[string, unknown]>([
    ['production', 'production'],
    ['true', true],
    ['false', false],
    ['"true"', 'true'],
    ['True', 'True'],
    ['no', 'no'],
    ['yes', 'yes'],
    ['3', 3],
    ['-3', -3],
    ['1.5', 1.5],
    ['0', 0],
    ['"3"', '3'],
    ['222222222222', 222222222222],
    ['012345678912', '012345678912'],
    ['1.10', '1.10'],
    ['0o17', '0o17'],
    ['0x1F', '0x1F'],
    ['1e3', '1e3'],
    ['1_000', '1_000'],
    ['-0', '-0'],
    ['.5', '.5'],
    ['+1', '+1'],
    ['.inf', '.inf'],
    ['Infinity', 'Infinity'],
    ['9007199254740993', '9007199254740993'],
    ['2026-01-02', '2026-01-02'],
    ["''", ''],
    ['"null"', 'null'],
  ])('%s', (text, value) => {
    expect(read(`{ a: ${text} }`)).toEqual({ value: { a: value }, problems: [] });
  });

  it('and JSON prints every number as it was written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.integer(), fc.stringMatching(/^[-+]?\d{1,20}(\.\d{1,9})?$/)), (number) => {
        const text = String(number);
        const { a } = JSON.parse(JSON.stringify(read(`a: ${text}`).value)) as { a: unknown };
        expect(String(a)).toBe(text);
      }),
    );
  });
});

describe('a problem', () => {
  it.each([
    ['target: x', 'x, line 1, column 1, matrix, target', 'the step itself sets target'],
    ['accountid: x', 'x, line 1, column 1, matrix, accountid', 'the step itself sets accountId'],
    ['a: 1\nRegion: x', 'x, line 2, column 1, matrix, Region', 'the step itself sets region'],
    ['a: [x]', 'x, line 1, column 4, matrix, a', "'a' is a list or map"],
    ['a: { b: c }', 'x, line 1, column 4, matrix, a', "'a' is a list or map"],
    ['a:', 'x, line 1, column 1, matrix, a', "'a' has no value"],
    ['a: null', 'x, line 1, column 4, matrix, a', "'a' has no value"],
    ['- a', 'x, line 1, column 1, matrix', 'matrix is not a map'],
  ])('%j', (text, where, what) => {
    expect(read(text).problems).toEqual([{ where, what: expect.stringContaining(what), fix: expect.any(String) }]);
  });
});
