import { describe, expect, test } from 'vitest';
import { isProven, jobKeys, parseState, type SealedState, sealState } from '../../../src/domain/undo/sealed-state.js';

const key = 'a-token-that-only-the-job-has';
const undo = { variables: [{ name: 'AWS_REGION', before: 'eu-west-1', fingerprint: 'f'.repeat(64) }] };
const sealed = (keys: readonly string[] = [key]) => parseState(sealState(undo, keys)) as SealedState;

describe('a state', () => {
  test('is valid with any of the keys that sealed it', () => {
    expect(isProven(sealed([key, 'another']), ['unknown', 'another'])).toBe(true);
    expect(sealed().undo).toEqual(undo);
  });

  test.each<readonly [string, SealedState]>([
    ['another record', { ...sealed(), undo: { variables: [] } }],
    ['no proofs', { ...sealed(), proofs: [] }],
    ['the proofs of another key', sealed(['another'])],
    ['a cut proof', { ...sealed(), proofs: sealed().proofs.map((proof) => proof.slice(1)) }],
    ['an empty proof', { ...sealed(), proofs: [''] }],
  ])('with %s is not', (_, state) => {
    expect(isProven(state, [key])).toBe(false);
    expect(isProven(state, [])).toBe(false);
  });

  test('never contains its key', () => {
    expect(sealState(undo, [key])).not.toContain(key);
  });

  test.each([
    '',
    '{',
    '7',
    'null',
    '[]',
    '{"variables":[]}',
    '{"version":2,"undo":{},"proofs":[]}',
    '{"version":1,"undo":7,"proofs":[]}',
    '{"version":1,"undo":{},"proofs":[7]}',
  ])('cannot have the form %s', (text) => {
    expect(parseState(text)).toBeUndefined();
  });
});

describe("the job's keys", () => {
  const tokens = { ACTIONS_RUNTIME_TOKEN: 'r'.repeat(40), ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'i'.repeat(40) };

  test('are its tokens, except guessable ones', () => {
    expect(jobKeys(tokens)).toEqual(Object.values(tokens));
    expect(jobKeys({ ACTIONS_RUNTIME_TOKEN: 'short' })).toEqual([]);
  });

  test('are empty when act creates a token for each step', () => {
    expect(jobKeys({ ...tokens, ACT: 'true' })).toEqual([]);
  });
});
