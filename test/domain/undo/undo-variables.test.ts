import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportedVariables, restoredVariables } from '../../../src/domain/undo/undo-variables.js';

type Variables = Readonly<Record<string, string>>;

const fingerprint = (text: string) => createHash('sha256').update(text).digest('hex');
const name = fc.constantFrom('AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', 'AWS_REGION');
const variables = fc.dictionary(name, fc.constantFrom('', 'a', 'b', 'c'), { maxKeys: 5 });

/** The runner cannot unset a variable, so one that was unset before becomes empty. */
const seen = (environment: Variables) =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));

it('exported variables get their former values back', () => {
  fc.assert(
    fc.property(variables, variables, (before, exported) => {
      const kept = exportedVariables(exported, before);
      const after = { ...before, ...exported };
      expect(seen({ ...after, ...restoredVariables(kept, after) })).toEqual(seen(before));
    }),
  );
});

it('undoing steps in reverse order restores the state before all of them', () => {
  fc.assert(
    fc.property(variables, fc.array(variables, { maxLength: 5 }), (before, steps) => {
      let environment: Variables = before;
      const kept = steps.map((exported) => {
        const undo = exportedVariables(exported, environment);
        environment = { ...environment, ...exported };
        return undo;
      });
      for (const undo of kept.reverse()) {
        environment = { ...environment, ...restoredVariables(undo, environment) };
      }
      expect(seen(environment)).toEqual(seen(before));
    }),
  );
});

it('a value that another step set since is kept, and other variables are not touched', () => {
  fc.assert(
    fc.property(variables, variables, variables, (before, exported, later) => {
      const kept = exportedVariables(exported, before);
      const now = { ...before, ...exported, ...later };
      const restored = restoredVariables(kept, now);
      expect(Object.keys(exported)).toEqual(expect.arrayContaining(Object.keys(restored)));
      for (const [theirs, value] of Object.entries(later)) {
        const isNews = value !== (exported[theirs] ?? value) && value !== (before[theirs] ?? '');
        expect(isNews && Object.hasOwn(restored, theirs)).toBe(false);
      }
    }),
  );
});

describe("a variable that the step's own env hides from its post", () => {
  const keys = { AWS_ACCESS_KEY_ID: 'ours', AWS_SECRET_ACCESS_KEY: 'ours', AWS_SESSION_TOKEN: 'ours' };
  const hidden = { AWS_PROFILE: 'of the step', AWS_ACCESS_KEY_ID: 'of the step' };

  it('is restored all the same, and a credential that only the step had is not exported to the job', () => {
    const kept = exportedVariables({ ...keys, AWS_PROFILE: 'ours' }, hidden);
    expect(restoredVariables(kept, { ...keys, ...hidden })).toEqual({
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
      AWS_SESSION_TOKEN: '',
      AWS_PROFILE: 'of the step',
    });
  });

  it("with an unchanged credential is kept when none of the step's own is left", () => {
    const kept = exportedVariables(keys, hidden);
    const later = { ...hidden, AWS_SECRET_ACCESS_KEY: 'theirs', AWS_SESSION_TOKEN: 'theirs' };
    expect(restoredVariables(kept, later)).toEqual({});
  });
});

describe('the record for post', () => {
  it('contains no new secret', () => {
    const kept = exportedVariables({ AWS_SECRET_ACCESS_KEY: 'do-not-keep' }, {});
    expect(JSON.stringify(kept)).not.toContain('do-not-keep');
    expect(kept).toEqual([{ name: 'AWS_SECRET_ACCESS_KEY', fingerprint: fingerprint('do-not-keep') }]);
  });

  it('distinguishes an empty variable from an unset one', () => {
    const kept = exportedVariables({ A: 'x', B: 'x' }, { A: '' });
    expect(kept.map((one) => 'before' in one)).toEqual([true, false]);
  });
});
