import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePath, readEntryArguments } from '../../../src/domain/refresh/entry-arguments.js';

describe('the arguments of a credential_process', () => {
  it('encode any path in letters without a meaning in a shell or an AWS file', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (path) => {
        const word = encodePath(path);
        expect(word).toMatch(/^[\w@%+=:,./\\-]+$/);
        expect(readEntryArguments(['--plan', word])).toEqual({ kind: 'plan', path });
      }),
    );
  });

  it('keep a plain path unchanged', () => {
    expect(encodePath('/home/runner/_temp/assume-role-1/plan-0.json')).toBe(
      '/home/runner/_temp/assume-role-1/plan-0.json',
    );
    expect(encodePath('C:\\a\\_temp')).toBe('C:\\a\\_temp');
  });

  it('also request the environment', () => {
    expect(readEntryArguments(['--environment'])).toEqual({ kind: 'environment' });
  });

  it.each([
    [[]],
    [['--help']],
    [['--plan']],
    [['--plan', '']],
    [['--environment', 'x']],
    [['--plan', 'a', 'b']],
    [['/a']],
  ])('are rejected: %j', (words) => {
    expect(() => readEntryArguments(words)).toThrow('with --environment or with --plan');
  });
});
