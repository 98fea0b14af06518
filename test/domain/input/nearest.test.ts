import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { credentialSources } from '../../../src/domain/chain/base-identity.js';
import { hopOptionNames } from '../../../src/domain/declared/hop-options.js';
import { nearest } from '../../../src/domain/input/nearest.js';

describe('the intended word', () => {
  it.each([
    ['role-duration', 'role-duration-seconds'],
    ['duration_seconds', 'role-duration-seconds'],
    ['external-id', 'role-external-id'],
    ['external_id', 'role-external-id'],
    ['session-name', 'role-session-name'],
    ['role_session_name', 'role-session-name'],
    ['SourceIdentity', 'source-identity'],
    ['tags', 'custom-tags'],
    ['policy', 'inline-session-policy'],
    ['completely-else-and-longer-than-all', undefined],
    ['', undefined],
  ])('%j', (word, wanted) => {
    expect(nearest(word, hopOptionNames)).toBe(wanted);
  });

  it.each([['hop words', hopOptionNames] as const, ['credential sources', credentialSources] as const])(
    'is found after any single typing mistake: %s',
    (_, known) => {
      const slip = fc.constantFrom<(word: string, at: number) => string>(
        (word, at) => word.slice(0, at) + word.slice(at + 1),
        (word, at) => `${word.slice(0, at)}x${word.slice(at)}`,
        (word, at) => `${word.slice(0, at)}x${word.slice(at + 1)}`,
      );
      fc.assert(
        fc.property(fc.constantFrom(...known), slip, fc.nat({ max: 11 }), (word, make, at) => {
          expect(nearest(make(word, at % word.length), known)).toBe(word);
        }),
      );
    },
  );
});
