import { describe, expect, it } from 'vitest';
import { profileNameRefusal } from '../../../src/domain/shared-config/profile-name.js';

describe('a profile', () => {
  it.each(['dev', 'dev-2', 'dev_2', 'dev.eu', 'dev+eu', 'dev@eu', 'dev:eu', '123456789012', 'ä', 'x'.repeat(128)])(
    'may be named %s',
    (name) => {
      expect(profileNameRefusal(name)).toBeUndefined();
    },
  );

  it.each(['a b', 'a\tb', '[dev]', 'dev]', 'a/b', 'a\\b', 'a"b', "a'b", 'a#b', 'a;b', 'a=b'])(
    'may not be named %j',
    (name) => {
      expect(profileNameRefusal(name)?.what).toContain('cannot be the name of an AWS profile');
    },
  );

  it.each(['', 'x'.repeat(129), 'a\u0007b', 'a\u00a0b'])('may not be named %j', (name) => {
    expect(profileNameRefusal(name)).toBeDefined();
  });
});
