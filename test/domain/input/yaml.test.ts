import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainValue, type ValueNode } from '../../../src/domain/input/value-node.js';
import { isYaml, parseYaml } from '../../../src/domain/input/yaml.js';
import { reportedAt } from '../../support/nodes.js';

function read(text: string) {
  const { value, problems } = reportedAt('role-chain', (place) => parseYaml(text, place));
  return { value: value && plainValue(value), problems };
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

  it('for any digits of an account ID', () => {
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
      {
        where: expect.stringMatching(/^role-chain, line \d, column \d/),
        what: `YAML ${feature} are not supported here`,
        fix: expect.stringContaining('Write every value in full'),
      },
    ]);
  });
});

describe('the same characters inside a value are plain text', () => {
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

  it('any text in a double-quoted scalar is kept', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(read(`- ${JSON.stringify(text)}`)).toEqual({ value: [text], problems: [] });
      }),
    );
  });
});

describe('a text that is not one valid document is reported', () => {
  it.each([
    ['a: "open', 'not valid YAML'],
    ['a: [b', 'not valid YAML'],
    ['a: 1\na: 2', "'a' is written twice, first on line 1"],
    ['? [a]\n: b', 'a list or map is where a name is expected'],
    ['- a\n b: c', 'not valid YAML'],
    ['\t- a', 'not valid YAML'],
    ['- a\n---\n- b', '2 YAML documents'],
    ['', 'the text is empty'],
    ['# only a comment', 'the text is empty'],
  ])('%j', (text, words) => {
    const { value, problems } = read(text);
    expect(value).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.what).toContain(words);
  });

  it('with at most one problem, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'-:&*!#|>[]{},\'"? \n\tab~%@`') }), (text) => {
        const { value, problems } = read(text);
        expect(value === undefined).toBe(problems.length === 1);
      }),
    );
  });

  it('a merge key and __proto__ are ordinary keys', () => {
    expect(read('<<: {a: b}').value).toEqual({ '<<': { a: 'b' } });
    const { value } = read('__proto__: {polluted: yes}');
    expect(Object.hasOwn(value as object, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('a mistake is reported with its position', () => {
  it.each([
    ['- a\n- [b', 'line 2, column 5', 'a bracket is not closed'],
    ['- a: "x', 'line 1, column 8', 'a quote is not closed'],
    ['a:\n  b: c\n d: e', 'line 3, column 2', 'indented unlike the map above it'],
    ['a:\n\t- b', 'line 2, column 1', 'a tab indents the line'],
    ['x: {a: b,\n\tc: d}', 'line 2, column 1', 'a tab indents the line'],
    ['a: “x”: y', 'line 1, column 4', 'a typographic double quote (U+201C)'],
    ['a:\u00a0b\nc: d', 'line 1, column 3', 'a no-break space (U+00A0)'],
    ['- a\nb', 'line 2, column 1', 'a dash, a colon or a quote may be missing'],
    ['- "a\n- b', 'line 2, column 1', 'a quote above is not closed'],
    ['{a: b c: d}', 'line 1, column', 'a comma or a closing bracket is missing'],
    ['a: @x', 'line 1, column 4', 'begins with @ or a backquote'],
    ['a:\n  b: 1\n  b: 2', 'line 3, column 3', "'b' is written twice, first on line 2"],
    ['- a\n- *x', 'line 2, column 3', 'anchors and aliases'],
    ['- a\n- !x', 'line 2, column 3', 'tags'],
  ])('%j', (text, where, what) => {
    const { problems } = read(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.where).toContain(where);
    expect(problems[0]?.what).toContain(what);
  });

  it('and its item, at any depth', () => {
    const text = 'targets:\n  # c\n  t16: [x]\n\n  t17: [hub, deploy\n  t18: [x]\n';
    expect(read(text).problems[0]?.where).toBe('role-chain, line 6, column 3, targets, t18');
    const list = '- a\n- b: c\n  d: { e\n';
    expect(read(list).problems[0]?.where).toBe('role-chain, line 3, column 9, 1, d');
  });

  it('and a hint that lines were folded into one', () => {
    expect(read('a: [b] c: [d]').problems[0]?.fix).toContain('Write role-chain: | instead of role-chain: >');
  });
});

it('every value has its line and column', () => {
  const text = '- a\n-\n- { b: "c", d: }\n- e:\n    - f\n    - \'g\'\n';
  const { value } = reportedAt('x', (place) => parseYaml(text, place));
  const points = (node: ValueNode): readonly string[] => {
    const own = node.kind === 'scalar' ? [`${node.text}@${node.position?.line}:${node.position?.column}`] : [];
    const inner = node.kind === 'list' ? node.items : node.kind === 'map' ? [...node.entries.values()] : [];
    return [...own, ...inner.flatMap(points)];
  };
  expect(value && points(value)).toEqual(['a@1:3', '@2:1', 'c@3:8', '@3:13', 'f@5:7', 'g@6:7']);
});

it.each([
  ['- a', true],
  ['[a, b]', true],
  ['a: b', true],
  ['a:\n  - b', true],
  ['"a": b', true],
  ['{a: b}', true],
  ['---\na', true],
  ['# a: b\nc', false],
  ['arn:aws:iam::111111111111:role/x\nb', false],
  ['arn:aws:iam::111111111111:role/x # the first: x', false],
  ['prod-*\n!prod-legacy\nall', false],
  ['*', false],
  ['', false],
])('%j is YAML: %s', (text, wanted) => {
  expect(isYaml(text)).toBe(wanted);
});
