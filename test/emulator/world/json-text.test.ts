import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from '../../../emulator/world/json-text.js';

const outcome = (read: () => unknown) => {
  try {
    return { value: read() };
  } catch {
    return 'refused';
  }
};

test('it accepts what JSON.parse accepts', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 2, '\t'), (text, indent) => {
      const formatted = JSON.stringify(JSON.parse(text), undefined, indent);
      expect(readJson(formatted).value).toEqual(JSON.parse(formatted));
    }),
  );
});

test('it rejects what JSON.parse rejects', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b"',
    '1',
    '-',
    '.5',
    '0',
    'e3',
    'null',
    'tru',
    ' ',
    '\n',
    '\\',
    '"',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('');
      const expected = outcome(() => JSON.parse(text));
      const twice = /"([ab])":.*"\1":/s.test(text);
      if (!twice) {
        expect(outcome(() => readJson(text).value)).toEqual(expected);
      }
    }),
    { numRuns: 2000 },
  );
});

test.each<[string, string]>([
  ['', 'line 1, column 1: expected a value, found the end of the file'],
  ['{\n  "a": nothing\n}', "line 2, column 8: expected a value, found 'nothing'"],
  ['{\n  "a": 1,\n}', "line 3, column 1: unexpected comma before '}'"],
  ['[1 2]', "line 1, column 4: expected ',' or ']', found '2'"],
  ['{"a" 1}', "line 1, column 6: expected ':' after \"a\", found '1'"],
  ['{a: 1}', "line 1, column 2: expected a name in quotes, found 'a'"],
  ['{\n  // a role\n}', 'line 2, column 3: JSON has no comments'],
  ['{"a": 1,\n "a": 2}', 'line 2, column 2: duplicate name "a"'],
  ['{"a": "b\n"}', 'line 1, column 7: the text has no closing quote'],
  ['{"a": "\\x"}', "line 1, column 9: '\\x' is not an escape of JSON"],
  ['{} {}', "line 1, column 4: unexpected '{' after the end of the document"],
  ['01', "line 1, column 1: expected a value, found '01'"],
  ['['.repeat(200), 'line 1, column 102: more than 100 levels'],
])('%j is rejected with its location', (text, message) => {
  expect(() => readJson(text)).toThrow(new Error(message));
});

test('it returns the line of each member', () => {
  const text = readJson('{\n  "a": {\n    "b": [\n      1,\n      2\n    ]\n  }\n}');
  expect(text.lineOf([])).toBe(1);
  expect(text.lineOf(['a'])).toBe(2);
  expect(text.lineOf(['a', 'b'])).toBe(3);
  expect(text.lineOf(['a', 'b', 1])).toBe(5);
  expect(text.lineOf(['a', 'absent', 'deeper'])).toBe(2);
});
