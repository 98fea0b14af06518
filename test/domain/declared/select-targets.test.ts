import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/domain/declared/catalog.js';
import { parseTargets } from '../../../src/domain/declared/parse-targets.js';
import { reportedAt } from '../../support/nodes.js';

const inventory = ['prod-eu', 'staging', 'prod-us', 'prod-legacy', 'audit'];

function catalogOf(names: readonly string[], selectable = names): Catalog {
  return { file: 'roles.yml', names, selectable, resolve: (name) => ({ name, hops: [] }) };
}

function select(text: string, catalog = catalogOf(inventory)) {
  const { value, problems } = reportedAt('targets', (place) => parseTargets(text, catalog, place));
  return { names: value.map(({ name }) => name), problems };
}

describe('targets are selected in the order of the file', () => {
  it.each<[string, readonly string[]]>([
    ['staging', ['staging']],
    ['prod-us\nprod-eu', ['prod-eu', 'prod-us']],
    ['prod-*', ['prod-eu', 'prod-us', 'prod-legacy']],
    ['prod-??', ['prod-eu', 'prod-us']],
    ['*', inventory],
    ['all', inventory],
    ['all\n!prod-legacy', ['prod-eu', 'staging', 'prod-us', 'audit']],
    ['!prod-legacy', ['prod-eu', 'staging', 'prod-us', 'audit']],
    ['!prod-*', ['staging', 'audit']],
    ['!prod-*, !audit', ['staging']],
    ['prod-*\n! prod-legacy\nstaging', ['prod-eu', 'staging', 'prod-us']],
    ['!prod-legacy\nprod-*', ['prod-eu', 'prod-us']],
    ['prod-*, prod-eu', ['prod-eu', 'prod-us', 'prod-legacy']],
    ['# all but one\nprod-*\n# this\n!prod-us', ['prod-eu', 'prod-legacy']],
    ["['prod-*', '!prod-us']", ['prod-eu', 'prod-legacy']],
    ["- 'all'\n- '!audit'", ['prod-eu', 'staging', 'prod-us', 'prod-legacy']],
  ])('%j', (text, names) => {
    expect(select(text)).toEqual({ names, problems: [] });
  });

  it('for any selection', () => {
    fc.assert(
      fc.property(fc.subarray(inventory, { minLength: 1 }), fc.nat(), (wanted, turn) => {
        const asked = [...wanted.slice(turn % wanted.length), ...wanted.slice(0, turn % wanted.length)];
        expect(select(asked.join('\n')).names).toEqual(wanted);
        const others = inventory.filter((name) => !wanted.includes(name));
        expect(select(wanted.map((name) => `!${name}`).join('\n')).names).toEqual(others);
      }),
    );
  });
});

describe('an exact name takes precedence over any other meaning', () => {
  const odd = ['all', '!x', 'x', 'a*', 'ab', 'a,b', 'a', 'b', '[ab]'];
  const catalog = catalogOf(odd);

  it.each<[string, readonly string[]]>([
    ['all', ['all']],
    ['!x', ['!x']],
    ['a*', ['a*']],
    ['a,b', ['a,b']],
    ['b,a', ['a', 'b']],
    ["['a,b']", ['a,b']],
    ['!all\n!a*\n!ab', ['!x', 'x', 'a,b', 'a', 'b', '[ab]']],
    ['?', ['x', 'a', 'b']],
    ['[*', ['[ab]']],
  ])('%j', (text, names) => {
    expect(select(text, catalog).names).toEqual(text.startsWith('[*') ? [] : names);
  });

  it('brackets are literal', () => {
    expect(select("['[?b]']", catalog).names).toEqual(['[ab]']);
  });
});

it('all and patterns select the targets of a file; names and exclusions may be any profile', () => {
  const catalog = catalogOf(['hub', 'staging', 'prod'], ['staging', 'prod']);
  expect(select('all', catalog).names).toEqual(['staging', 'prod']);
  expect(select('*', catalog).names).toEqual(['staging', 'prod']);
  expect(select('hub, prod', catalog).names).toEqual(['hub', 'prod']);
  expect(select('!hub', catalog)).toEqual({ names: ['staging', 'prod'], problems: [] });
});

describe('a selection without a match is a problem that lists the targets', () => {
  const list = 'It has prod-eu, staging, prod-us, prod-legacy, audit.';

  it.each<[string, string, string]>([
    ['dev-*', "'dev-*' matches no target of roles.yml", list],
    ['stagin', "'stagin' matches no target of roles.yml", `Did you mean staging? ${list}`],
    ['all\n!prod-lagacy', "'!prod-lagacy' matches no target of roles.yml", `Did you mean prod-legacy? ${list}`],
    ['!dev-*', "'!dev-*' matches no target of roles.yml", list],
    ['PROD-EU', "'PROD-EU' matches no target of roles.yml", 'Did you mean prod-eu?'],
    ['prod-eu staging', "'prod-eu staging' contains white space", 'Write one name per line under targets: |'],
    ['staging\nstaging', "'staging' is named twice", 'Name each target once'],
    ['staging\n!stag*', "'staging' is named, and an exclusion removes it", 'Remove one of the two'],
    ['!*', 'no target is left', 'Remove an exclusion'],
    ['prod-*\n!prod-*', 'no target is left', 'Remove an exclusion'],
  ])('%j', (text, what, fix) => {
    const { problems } = select(text);
    expect(problems).toMatchObject([{ what: expect.stringContaining(what), fix: expect.stringContaining(fix) }]);
    expect(problems[0]?.where).toMatch(/^targets/);
  });

  it('for any long pattern, in linear time', () => {
    const names = ['a'.repeat(5_000), `${'a'.repeat(5_000)}b`, 'x.y', 'x+y', '🙂'];
    const catalog = catalogOf(names);
    const hitsOf = (text: string) => select(text, catalog).names.map((name) => names.indexOf(name));
    const started = performance.now();
    expect(hitsOf(`${'*a'.repeat(2_000)}*b`)).toEqual([1]);
    expect(hitsOf(`*${'?'.repeat(5_001)}`)).toEqual([1]);
    expect(hitsOf(`x${'.'.repeat(60_000)}*`)).toEqual([]);
    expect(hitsOf('x.*')).toEqual([2]);
    expect(hitsOf('?')).toEqual([4]);
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('and of many targets only some are listed', () => {
    const many = Array.from({ length: 1000 }, (_, index) => `t${index}`);
    expect(select('x-*', catalogOf(many)).problems[0]?.fix).toMatch(/t11 and 988 more\.$/);
  });

  it.each([
    ['- !prod-eu', 'tags', 'a value that begins with ! needs quotes'],
    ['- *prod', 'anchors and aliases', 'a value that begins with * needs quotes'],
  ])('in a YAML list %j needs quotes', (text, what, fix) => {
    const { problems } = select(text);
    expect(problems).toMatchObject([{ what: expect.stringContaining(what), fix: expect.stringContaining(fix) }]);
  });
});
