import { describe, expect, it } from 'vitest';
import { endedEarly } from '../../../src/domain/handover/session-end.js';
import type { CleanUp } from '../../../src/domain/undo/clean-up.js';
import {
  fitsState,
  isSavedRecord,
  joinCleanUp,
  markOf,
  marksOf,
  parseRecordedSections,
  splitCleanUp,
} from '../../../src/domain/undo/clean-up.js';
import { sealState } from '../../../src/domain/undo/sealed-state.js';
import { undoLines } from '../../../src/domain/undo/undo-lines.js';

const hex = (index: number) => index.toString(16).padStart(64, '0');
const key = hex(1);

/** The clean-up of a step with this many targets. */
function cleanUpOf(targets: number): CleanUp {
  const sections = (prefix: string, secrets: number) =>
    Array.from({ length: targets }, (_, index) => ({
      name: `${prefix}target-${index}`,
      ours: hex(index),
      original: null,
      newline: '\n',
      secrets: Array.from({ length: secrets }, (__, at) => hex(index * 4 + at)),
    }));
  return {
    step: '00000000-0000-4000-8000-000000000000',
    variables: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE'].map((name) => ({
      name,
      before: 'x'.repeat(name.includes('TOKEN') ? 1200 : 40),
      fingerprint: hex(2),
    })),
    folder: '/home/runner/_temp/assume-role-00000000-0000-4000-8000-000000000000',
    files: [
      { path: '/home/runner/.aws/config', created: true, folders: [], sections: sections('profile ', 0) },
      { path: '/home/runner/.aws/credentials', created: true, folders: [], sections: sections('', 3) },
    ],
  };
}

describe('the state for the runner', () => {
  it.each([1, 10, 100, 1000, 5000])('is under 16 kB for %d targets', (targets) => {
    const cleanUp = cleanUpOf(targets);
    const kept = fitsState(cleanUp) ? cleanUp : splitCleanUp(cleanUp, key).kept;
    expect(Buffer.byteLength(sealState(kept, [key, key]))).toBeLessThan(16_000);
  });

  it('has the whole record of a short one, and marks for every section with keys of a thousand targets', () => {
    expect(fitsState(cleanUpOf(10))).toBe(true);
    expect(fitsState(cleanUpOf(100))).toBe(false);
    const { kept } = splitCleanUp(cleanUpOf(1000), key);
    expect(isSavedRecord(kept.record)).toBe(true);
    expect(marksOf(kept.record ?? { key, marks: '' })).toEqual(
      new Set(Array.from({ length: 1000 }, (_, index) => markOf(hex(index), key))),
    );
  });

  it('has no marks when there is no room, and never only some', () => {
    expect(splitCleanUp(cleanUpOf(5000), key).kept.record?.marks).toBe('');
  });

  it('is read back with the sections of its record', () => {
    const cleanUp = cleanUpOf(100);
    const { kept, sections } = splitCleanUp(cleanUp, key);
    const read = parseRecordedSections(JSON.stringify(sections));
    expect(read && joinCleanUp(kept, read)).toEqual(cleanUp);
    expect(JSON.stringify(kept)).not.toContain('target-');
  });

  it.each(['', 'x', '[]', 'null', '{"/a":7}', '{"/a":[{}]}', '{"/a":[{"name":"x"}]}'])('is rejected: %s', (text) => {
    expect(parseRecordedSections(text)).toBeUndefined();
  });
});

describe('the messages of post', () => {
  it('have one line per outcome for many sections', () => {
    const path = '/home/me/.aws/config';
    const many = Array.from({ length: 8 }, (_, at) => ({ path, section: `s${at}`, outcome: 'restored' as const }));
    const failed = { path, section: 'x', outcome: 'failed' as const, reason: 'no room' };
    expect(undoLines([...many, failed])).toEqual([
      `Profile sections [s0], [s1], [s2], [s3], [s4], and 3 more in ${path}: as before the step.`,
      `Profile section [x] in ${path}: not restored (no room).`,
    ]);
  });

  it.each([
    [-1, undefined],
    [0, undefined],
    [1500, '1500 s (25m)'],
    [7260, '7260 s (2h1m)'],
  ])('about a session that ended %d seconds ago say by how much: %s', (seconds, words) => {
    const ends = '2026-11-26T10:00:00Z';
    const text = endedEarly({ ...cleanUpOf(0), ends }, Date.parse(ends) + seconds * 1000);
    expect(text?.includes(`ended at ${ends}, ${words} before the job:`)).toBe(words === undefined ? undefined : true);
  });
});
