import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isImmutableSubject, readClaims, shownClaims } from '../../../src/domain/id-token/claims.js';

const tokenOf = (claims: unknown) =>
  ['head', Buffer.from(JSON.stringify(claims)).toString('base64url'), 'signature'].join('.');

it('the claims of a token are decoded, whatever their values', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        fc.jsonValue(),
      ),
      (claims) => {
        expect(JSON.stringify(readClaims(tokenOf(claims)))).toBe(JSON.stringify(claims));
      },
    ),
  );
});

it.each(['', 'a', 'a.b.c', 'a..c', tokenOf([]), tokenOf(null), tokenOf('text')])('%j has none', (token) => {
  expect(readClaims(token)).toBeUndefined();
});

it('no text makes the decoder throw', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      readClaims(`a.${text}.c`);
    }),
  );
});

it('only claims that identify a job are shown, in a fixed order', () => {
  const claims = { sub: 's', jti: 'hidden', aud: ['a', 'b'], iss: 'i', exp: 1, repository: 'o/r', run_id: '1' };
  expect(shownClaims(claims)).toEqual([
    ['iss', 'i'],
    ['aud', '["a","b"]'],
    ['sub', 's'],
    ['repository', 'o/r'],
  ]);
});

describe('the form of a subject', () => {
  it.each([
    ['repo:octo-org@123/octo-repo@456:ref:refs/heads/main', true],
    ['repo:octo-org@123/octo-repo@456:environment:prod', true],
    ['repo:octo-org@123/octo-repo@456:pull_request', true],
    ['repo:octo-org@123/octo-repo@456', true],
    ['repo:octo-org/octo-repo:ref:refs/heads/main', false],
    ['repo:octo-org@123/octo-repo:pull_request', false],
    ['repo:octo-org/octo-repo:ref:refs/heads/a@1/b@2', false],
    ['repo:octo-org@x/octo-repo@y:pull_request', false],
    ['', false],
  ])('%s', (subject, isImmutable) => {
    expect(isImmutableSubject(subject)).toBe(isImmutable);
  });
});
