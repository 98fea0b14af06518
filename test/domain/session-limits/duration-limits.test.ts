import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoleChaining } from '../../../src/domain/session-limits/duration-limits.js';
import {
  durationProblem,
  durationsToTry,
  durationText,
  shortDuration,
} from '../../../src/domain/session-limits/duration-limits.js';
import { parseDuration } from '../../../src/domain/session-limits/parse-duration.js';
import { reportedAt } from '../../support/nodes.js';

const read = (text: string) => reportedAt('hop 1', (place) => parseDuration(text, place));

describe('a duration is parsed', () => {
  it.each([
    ['3600', 3600],
    ['900', 900],
    ['0900', 900],
    ['1h', 3600],
    ['1H', 3600],
    ['45m', 2700],
    ['90m', 5400],
    ['1h30m', 5400],
    ['1h0m', 3600],
    ['1h59m59s', 7199],
    ['5400s', 5400],
    ['15m30s', 930],
    ['12h', 43_200],
    ['0', 0],
    ['max', 'max'],
    ['MAX', 'max'],
  ])('%s', (text, wanted) => {
    expect(read(text)).toMatchObject({ value: wanted, problems: [] });
  });

  it.each([
    '',
    'abc',
    '-5',
    '+5',
    '1h61m',
    '1m60s',
    '1h 30m',
    '1.5h',
    '3600.0',
    '1e3',
    '0x10',
    '30m1h',
    'h',
    '1d',
    '१',
    '1h1h',
    'maximum',
    '900\n',
  ])('but not from %j', (text) => {
    const { value, problems } = read(text);
    expect(value).toBeUndefined();
    expect(problems).toEqual([
      {
        where: 'hop 1',
        what: expect.stringContaining('is not a duration'),
        fix: 'Write seconds (3600), hours and minutes (1h30m, 45m), or max',
      },
    ]);
  });

  it('as it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seconds) => {
        expect(read(shortDuration(seconds)).value).toBe(seconds);
        expect(read(String(seconds)).value).toBe(seconds);
      }),
    );
  });

  it('and shown in seconds and in units', () => {
    expect([durationText(5400), durationText(59), shortDuration(0), shortDuration(43_200)]).toEqual([
      '5400 s (1h30m)',
      '59 s (59s)',
      '0s',
      '12h',
    ]);
  });
});

describe('what AWS allows at a hop', () => {
  it.each<[number, RoleChaining, string | undefined]>([
    [0, 'no', 'shorter'],
    [899, 'no', 'shorter'],
    [899, 'yes', 'shorter'],
    [900, 'no', undefined],
    [900, 'yes', undefined],
    [3600, 'yes', undefined],
    [3601, 'yes', 'role chaining'],
    [3601, 'unsure', undefined],
    [3601, 'no', undefined],
    [43_200, 'no', undefined],
    [43_200, 'unsure', undefined],
    [43_200, 'yes', 'role chaining'],
    [43_201, 'no', 'longer'],
    [43_201, 'unsure', 'longer'],
    [43_201, 'yes', 'role chaining'],
  ])('%i seconds, chained: %s', (seconds, chaining, words) => {
    const problem = durationProblem(seconds, chaining);
    if (words === undefined) {
      expect(problem).toBeUndefined();
    } else {
      expect(problem?.what).toContain(words);
      expect(problem?.what).toContain(`${seconds} s`);
      expect(problem?.fix).toContain(`900 to ${chaining === 'yes' ? 3600 : 43_200}`);
    }
  });

  it('is everything between its limits and nothing beyond', () => {
    const chaining = fc.constantFrom<RoleChaining>('yes', 'no', 'unsure');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50_000 }), chaining, (seconds, kind) => {
        const isAllowed = seconds >= 900 && seconds <= (kind === 'yes' ? 3600 : 43_200);
        expect(durationProblem(seconds, kind) === undefined).toBe(isAllowed);
      }),
    );
  });

  it('max is never a problem', () => {
    expect((['yes', 'no', 'unsure'] as const).map((kind) => durationProblem('max', kind))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('the durations to request', () => {
  it('are exactly the declared one, whatever the hop', () => {
    expect((['yes', 'no', 'unsure'] as const).map((kind) => durationsToTry(5000, kind))).toEqual([
      [5000],
      [5000],
      [5000],
    ]);
  });

  it('for max are a descending list from the longest, or the hour of a chained hop', () => {
    const ladder = [43_200, 28_800, 14_400, 7200, 3600];
    expect(durationsToTry('max', 'no')).toEqual(ladder);
    expect(durationsToTry('max', 'unsure')).toEqual(ladder);
    expect(durationsToTry('max', 'yes')).toEqual([3600]);
  });
});
