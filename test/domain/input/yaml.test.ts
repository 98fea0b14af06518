import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isYamlList, isYamlMap, parseYaml } from '../../../src/domain/input/yaml.js';
import { reported } from '../../support/reported.js';

function read(text: string) {
  const { value, problems } = reported((report) => parseYaml(text, 'role-chain', report));
  return { value: value as unknown, problems };
}

describe('a scalar stays the string that was written', () => {
  it.each([
    ['012345678912'],
    ['0o17'],
    ['0x1F'],
    ['1e3'],
    ['3600'],
    ['true'],
    ['yes'],
    ['null'],
    ['~'],
    ['2026-01-02'],
    ['.inf'],
    ['1_000'],
    ['12:30:45'],
  ])('%s', (scalar) => {
    expect(read(`- ${scalar}\n- a: ${scalar}`)).toEqual({ value: [scalar, { a: scalar }], problems: [] });
  });

  it('whatever digits an account id begins with', () => {
    const digits = fc.stringMatching(/^\d{12}$/);
    fc.assert(
      fc.property(digits, (id) => {
        expect(read(`allowed: [${id}]`).value).toEqual({ allowed: [id] });
      }),
    );
  });

  it('and an empty value is an empty string', () => {
    expect(read('- a\n-\n- b:\n').value).toEqual(['a', '', { b: '' }]);
  });
});

describe('anchors, aliases and tags are refused', () => {
  it.each([
    ['anchors and aliases', '- &hub arn:aws:iam::111111111111:role/hub\n- *hub'],
    ['anchors and aliases', '- &hub x'],
    ['anchors and aliases', 'a: &m\n  b: c'],
    ['anchors and aliases', '{a: [&x b, *x]}'],
    ['anchors and aliases', "# don't\n- &x a\n- *x\n# it's"],
    ['anchors and aliases', '- &x "quoted"\n- *x'],
    ['tags', '- !!str 1'],
    ['tags', '- !Ref hub'],
    ['tags', '{a: ! b}'],
    ['tags', '- !!binary aGk='],
  ])('%s in %j', (feature, text) => {
    const { value, problems } = read(text);
    expect(value).toBeUndefined();
    expect(problems).toEqual([
      { where: 'role-chain', what: `YAML ${feature} are not supported here`, fix: 'Write every value out' },
    ]);
  });
});

describe('the same characters inside a value are only text', () => {
  it.each([
    ['double quotes', 'a: "x &b *c !d"', 'x &b *c !d'],
    ['single quotes', "a: '&b *c !d'", '&b *c !d'],
    ['the middle of a plain value', 'a: research *and* development &more !important', undefined],
    ['a block', 'a: |\n  {"Action": ["s3:*"], "Resource": *any &one !none}\n', undefined],
    ['a folded block', 'a: >-\n  *not an alias', '*not an alias'],
    ['a comment', "a: b # don't use &anchors, *aliases or !tags", 'b'],
    ['a word', 'a: R&D!', 'R&D!'],
  ])('%s', (_, text, wanted) => {
    const { value, problems } = read(text);
    expect(problems).toEqual([]);
    expect((value as { a: string }).a).toEqual(wanted ?? text.replace(/^a: (\|\n {2})?/, ''));
  });

  it('any text in a double-quoted scalar comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(read(`- ${JSON.stringify(text)}`)).toEqual({ value: [text], problems: [] });
      }),
    );
  });
});

describe('what is no single readable document is reported', () => {
  it.each([
    ['a: "open', 'not valid YAML'],
    ['a: [b', 'not valid YAML'],
    ['a: 1\na: 2', 'duplicated mapping key'],
    ['? [a]\n: b', 'not valid YAML'],
    ['- a\n b: c', 'not valid YAML'],
    ['\t- a', 'not valid YAML'],
    ['- a\n---\n- b', '2 YAML documents'],
    ['', '0 YAML documents'],
    ['# only a comment', '0 YAML documents'],
  ])('%j', (text, words) => {
    const { value, problems } = read(text);
    expect(value).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.what).toContain(words);
  });

  it('and never more than a problem, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'-:&*!#|>[]{},\'"? \n\tab~%@`') }), (text) => {
        const { value, problems } = read(text);
        expect(value === undefined).toBe(problems.length === 1);
      }),
    );
  });

  it('a merge key is a key like any other, and so is __proto__', () => {
    expect(read('<<: {a: b}').value).toEqual({ '<<': { a: 'b' } });
    const { value } = read('__proto__: {polluted: yes}');
    expect(Object.hasOwn(value as object, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

it('lists, maps and scalars are reported apart', () => {
  expect([[], {}, '', undefined].map((value) => [isYamlList(value), isYamlMap(value)])).toEqual([
    [true, false],
    [false, true],
    [false, false],
    [false, false],
  ]);
});
