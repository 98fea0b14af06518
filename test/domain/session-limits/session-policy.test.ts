import { describe, expect, it } from 'vitest';
import { parseHopOption } from '../../../src/domain/declared/hop-options.js';
import { managedPolicyHome, parseManagedPolicies } from '../../../src/domain/session-limits/session-policy.js';
import { nodeOf, reportedAt } from '../../support/nodes.js';

describe('an inline session policy', () => {
  const read = (text: string) =>
    reportedAt('inline-session-policy', (place) => parseHopOption('inline-session-policy', nodeOf(text), place).policy);

  it.each(['{"Version":"2012-10-17","Statement":[]}', '{\n\t"Statement": []\r\n}', '{"Note":"fünf ÿ"}'])(
    '%j is sent to AWS unchanged',
    (text) => {
      expect(read(text)).toMatchObject({ value: text, problems: [] });
    },
  );

  it.each([
    ['', 'the session policy is empty'],
    ['{', 'not valid JSON'],
    ['{"a":1,}', 'not valid JSON'],
    ['[]', 'not an object'],
    ['null', 'not an object'],
    ['"text"', 'not an object'],
    ['{"Note":"日本"}', 'beyond Latin-1'],
    ['{"Note":"Ā"}', 'beyond Latin-1'],
  ])('%j is reported', (text, words) => {
    const { value, problems } = read(text);
    expect(value).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.what).toContain(words);
  });
});

describe('managed session policies', () => {
  const read = (arns: readonly string[]) =>
    reportedAt('managed-session-policies', (place) => {
      const items = arns.map((text) => ({ text, place, followsComma: false }));
      return parseManagedPolicies(items, place);
    }).whats;

  it.each([
    'arn:aws:iam::aws:policy/ReadOnlyAccess',
    'arn:aws:iam::aws:policy/service-role/AWSLambdaRole',
    'arn:aws:iam::111111111111:policy/mine',
    'arn:aws-cn:iam::aws:policy/ReadOnlyAccess',
    'arn:aws-us-gov:iam::111111111111:policy/team/mine',
  ])('%s', (arn) => {
    expect(read([arn])).toEqual([]);
  });

  it.each([
    'ReadOnlyAccess',
    'arn:aws:iam::aws:role/x',
    'arn:aws:iam::111:policy/x',
    'arn:aws:iam:us-east-1:aws:policy/x',
    'arn:aws:iam::aws:policy/',
    'arn:aws:iam::aws:policy/a b',
    'arn:aws:iam::aws:policy/x\n',
  ])('%j is not one', (arn) => {
    expect(read([arn])).toHaveLength(1);
  });

  it('are ten at most', () => {
    const arns = Array.from({ length: 11 }, (_, index) => `arn:aws:iam::aws:policy/p${index}`);
    expect(read(arns.slice(1))).toEqual([]);
    expect(read(arns)).toEqual(['11 managed session policies']);
  });

  it('must be in the right partition', () => {
    expect(managedPolicyHome('arn:aws-cn:iam::aws:policy/x')).toEqual({ partition: 'aws-cn', accountId: 'aws' });
    expect(managedPolicyHome('arn:aws:iam::111111111111:policy/x')).toEqual({
      partition: 'aws',
      accountId: '111111111111',
    });
  });
});
