import { expect, test } from 'vitest';
import { authorizationId, withoutAuthorizationId } from '../../../src/domain/explain/authorization-id.js';

const link = 'https://us-east-1.console.aws.amazon.com/iam/home#/authorization-details/abc-123';

test('a denial is split into its authorization ID and the remaining message', () => {
  const message = `Not allowed. Go to ${link} to see why, authorization id: abc-123.`;
  expect(authorizationId({ message })).toEqual({ id: 'abc-123', link });
  expect(withoutAuthorizationId(message)).toBe('Not allowed.');
});

test.each(['https://a', ' ', '\n', 'Go to https://a/authorization-details/', 'authorization id: '])(
  'a message of only %j is parsed in linear time',
  (part) => {
    const message = part.repeat(500_000 / part.length);
    const started = performance.now();
    authorizationId({ message });
    withoutAuthorizationId(message);
    expect(performance.now() - started).toBeLessThan(3_000);
  },
);
