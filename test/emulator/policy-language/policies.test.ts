import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateCondition } from '../../../emulator/policy-language/evaluate-condition.js';
import { literal, matches, pattern } from '../../../emulator/policy-language/pattern.js';
import { expand } from '../../../emulator/policy-language/policy-variables.js';
import { createContext } from '../../../emulator/policy-language/request-context.js';
import { escapeXml } from '../../../emulator/wire/query-xml.js';

const context = createContext([
  ['aws:username', 'alice'],
  ['aws:PrincipalArn', 'arn:aws:iam::111111111111:role/team/ci'],
  ['aws:TagKeys', ['Team', 'Cost']],
  ['aws:MultiFactorAuthAge', '30'],
  ['aws:CurrentTime', '2026-03-01T12:00:00Z'],
  ['aws:SourceIp', '127.0.0.1'],
  ['aws:MultiFactorAuthPresent', 'false'],
]);
const setting = { context, version: '2012-10-17' };

describe('condition operators', () => {
  test.each<[string, unknown, boolean]>([
    ['StringEquals', { 'aws:username': ['bob', 'alice'] }, true],
    ['StringEquals', { 'AWS:UserName': 'Alice' }, false],
    ['StringEqualsIgnoreCase', { 'aws:username': 'ALICE' }, true],
    ['StringNotEquals', { 'aws:username': ['bob', 'alice'] }, false],
    ['StringNotEquals', { 'sts:ExternalId': 'x' }, true],
    ['StringEquals', { 'sts:ExternalId': 'x' }, false],
    ['StringEqualsIfExists', { 'sts:ExternalId': 'x' }, true],
    ['StringLike', { 'aws:username': 'a*c?' }, true],
    ['StringNotLike', { 'aws:username': 'a*' }, false],
    ['StringEquals', { 'aws:username': 'a*' }, false],
    ['ArnLike', { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' }, true],
    ['ArnEquals', { 'aws:PrincipalArn': 'arn:*:role/team/ci' }, false],
    ['ArnNotLike', { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' }, false],
    ['Bool', { 'aws:MultiFactorAuthPresent': false }, true],
    ['BoolIfExists', { 'aws:MultiFactorAuthPresent': 'true' }, false],
    ['Null', { 'sts:ExternalId': 'true' }, true],
    ['Null', { 'aws:username': 'true' }, false],
    ['NumericLessThan', { 'aws:MultiFactorAuthAge': 31 }, true],
    ['NumericGreaterThanEquals', { 'aws:MultiFactorAuthAge': '31' }, false],
    ['NumericNotEquals', { 'aws:MultiFactorAuthAge': '30' }, false],
    ['DateGreaterThan', { 'aws:CurrentTime': '2026-02-28T00:00:00Z' }, true],
    ['DateLessThan', { 'aws:CurrentTime': '1700000000' }, false],
    ['DateLessThan', { 'aws:CurrentTime': '2026-03-01T14:00:00.5+01:00' }, true],
    ['DateLessThan', { 'aws:CurrentTime': '2026-04' }, true],
    ['IpAddress', { 'aws:SourceIp': '127.0.0.0/8' }, true],
    ['NotIpAddress', { 'aws:SourceIp': ['10.0.0.0/8', '::1/128'] }, true],
    ['ForAllValues:StringEquals', { 'aws:TagKeys': ['Team', 'Cost', 'More'] }, true],
    ['ForAllValues:StringEquals', { 'aws:TagKeys': ['Team'] }, false],
    ['ForAllValues:StringEquals', { 'sts:TransitiveTagKeys': ['Team'] }, true],
    ['ForAnyValue:StringEquals', { 'aws:TagKeys': ['Team'] }, true],
    ['ForAnyValue:StringEquals', { 'sts:TransitiveTagKeys': ['Team'] }, false],
  ])('%s %j is %s', (operator, keys, met) => {
    expect(evaluateCondition({ [operator]: keys }, setting)).toEqual({ met });
  });

  test('every operator and key must match', () => {
    const both = { StringEquals: { 'aws:username': 'alice' }, Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    expect(evaluateCondition(both, setting)).toEqual({ met: false });
  });
});

describe('a malformed condition is not evaluated', () => {
  test.each<[string, unknown, string]>([
    ['IpAddress', { 'aws:SourceIp': '10.0.0.0/99' }, 'value 10.0.0.0/99 of condition key aws:SourceIp'],
    [
      'NotIpAddress',
      { 'aws:SourceIp': ['10.0.0.0/8', '10.0.0.0/x'] },
      'value 10.0.0.0/x of condition key aws:SourceIp',
    ],
    ['NotIpAddress', { 'aws:SourceIp': '::1/129' }, 'value ::1/129 of condition key aws:SourceIp'],
    ['NotIpAddress', { 'aws:SourceIp': 'home' }, 'value home of condition key aws:SourceIp'],
    ['NumericNotEquals', { 'aws:MultiFactorAuthAge': 'x' }, 'value x of condition key aws:MultiFactorAuthAge'],
    ['DateGreaterThan', { 'aws:CurrentTime': 'May 1' }, 'value May 1 of condition key aws:CurrentTime'],
    ['Bool', { 'aws:MultiFactorAuthPresent': 'no' }, 'value no of condition key aws:MultiFactorAuthPresent'],
    ['Null', { 'aws:username': 'maybe' }, 'value maybe of condition key aws:username'],
    ['ForAllValues:Null', { 'aws:TagKeys': 'true' }, 'condition operator ForAllValues:Null'],
    ['NullIfExists', { 'aws:username': 'true' }, 'condition operator NullIfExists'],
    ['StringEquals', { 'aws:username': `\${aws:Foo}` }, `variable \${aws:Foo}`],
    ['StringNotEquals', { 'aws:username': ['bob', `\${aws:Foo}`] }, `variable \${aws:Foo}`],
    ['StringNotEquals', { 'aws:username': `\${aws:Foo, 'x'}` }, `variable \${aws:Foo, 'x'}`],
  ])('%s %j', (operator, keys, unsupported) => {
    expect(evaluateCondition({ [operator]: keys }, setting)).toEqual({ unsupported });
  });

  test('after one that does not match, too', () => {
    const condition = { StringEquals: { 'aws:username': 'bob' }, Bool: { 'aws:MultiFactorAuthPresent': 'no' } };
    expect(evaluateCondition(condition, setting)).toHaveProperty('unsupported');
  });

  test('a value of another type than the key does not match', () => {
    expect(evaluateCondition({ IpAddress: { 'aws:username': '10.0.0.0/8' } }, setting)).toEqual({ met: false });
  });
});

describe('policy variables', () => {
  const filled = (text: string, value: string) => {
    const wanted = expand(text, context, '2012-10-17');
    return wanted !== undefined && matches(wanted, value);
  };

  test.each([
    [`role/\${aws:username}`, 'role/alice', true],
    [`role/\${aws:username}-*`, 'role/alice-x', true],
    [`role/\${sts:ExternalId, 'none'}`, 'role/none', true],
    [`role/\${sts:ExternalId}`, 'role/', false],
    [`role/\${*}`, 'role/x', false],
    [`role/\${*}`, 'role/*', true],
  ])('%s and %s: %s', (text, value, expected) => {
    expect(filled(text, value)).toBe(expected);
  });

  test('do not exist in the older policy version', () => {
    expect(matches(expand(`\${aws:username}`, context, '2008-10-17') ?? [], `\${aws:username}`)).toBe(true);
  });
});

describe('wildcards', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', ':', '.') });

  test('match like the same pattern as a regular expression', () => {
    fc.assert(
      fc.property(texts, texts, (wanted, text) => {
        const source = wanted.replace(/[.]/g, '\\.').replace(/\*/g, '[^]*').replace(/\?/g, '[^]');
        expect(matches(pattern(wanted), text)).toBe(new RegExp(`^${source}$`).test(text));
      }),
    );
  });

  test('a literal matches only itself', () => {
    fc.assert(fc.property(texts, texts, (left, right) => matches(literal(left), right) === (left === right)));
  });
});

test('escaped XML contains no markup and decodes to the same text', () => {
  const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#xD': '\r' };
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const escaped = escapeXml(text);
      expect(escaped).not.toMatch(/[<>"'\r]|&(?!(amp|lt|gt|quot|apos|#xD);)/);
      const back = escaped.replace(/&([a-z]+|#xD);/g, (_whole, name: string) => names[name] ?? '');
      expect(back).toBe(text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD'));
    }),
  );
});
