import { expect, it } from 'vitest';
import { serviceErrorText } from '../../../src/domain/id-token/service-error.js';

it.each<[string, string | undefined]>([
  ['{"message":"audience not allowed"}', 'audience not allowed'],
  ['{"errors":[{"message":"audience not allowed"}]}', 'audience not allowed'],
  ['{"a":{"b":{"detail":"the job is over"}},"title":"Refused"}', 'Refused'],
  ['{"error":{"code":7,"message":"the job is over"}}', 'the job is over'],
  ['{"code":7,"reason":"quota"}', '{"code":7,"reason":"quota"}'],
  ['{}', undefined],
  ['', undefined],
  ['no\n::error::x', 'no ::error::x'],
  ['<html><head><title>Sign in</title></head><body>x</body></html>', 'a web page: Sign in'],
  ['<html><style>b{}</style><body><h1>Internal</h1> Server Error</body></html>', 'a web page: Internal Server Error'],
  ['<!DOCTYPE html>', 'a web page'],
  ['{"value":"eyJhbGciOiJ.eyJzdWIi.c2ln","request":"request-token"}', '{"value":"***","request":"***"}'],
])('the words of %j', (body, words) => {
  expect(serviceErrorText(body, 'request-token')).toBe(words);
});
