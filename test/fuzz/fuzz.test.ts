import { expect, test } from 'vitest';
import { readCase } from './read-case.js';
import { type CaseResult, runCase } from './run-case.js';

/** A bounded part of the fuzzing. `npm run fuzz` runs for minutes, and repeats a case by its number. */

const first = 20_261_126;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => first + index);

test('parsing any inputs, variables and files gives a request or problems', () => {
  const results = numbers(1_500).map((seed) => ({ seed, ...readCase(seed) }));
  expect(results.filter(({ findings }) => findings.length > 0)).toEqual([]);
  expect(results.filter(({ refused }) => refused).length).toBeGreaterThan(500);
  expect(results.filter(({ refused }) => !refused).length).toBeGreaterThan(100);
});

test('the built action ends in time with a message, leaks nothing and leaves nothing, whatever the fault', {
  timeout: 120_000,
}, async () => {
  const [some, others] = [numbers(12).filter(isEven), numbers(12).filter((seed) => !isEven(seed))];
  const results = (await Promise.all([some, others].map(inTurn))).flat();
  const bad = results.filter(({ findings }) => findings.length > 0);
  expect(bad.map(({ seed, kinds, findings }) => ({ seed, kinds, findings }))).toEqual([]);
  expect(new Set(results.flatMap(({ kinds }) => kinds)).size).toBeGreaterThan(10);
});

const isEven = (seed: number) => seed % 2 === 0;

async function inTurn(seeds: readonly number[]): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const seed of seeds) {
    results.push(await runCase(seed, 5_000));
  }
  return results;
}
