import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readClaims, shownClaims } from '../../../src/domain/id-token/claims.js';

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
