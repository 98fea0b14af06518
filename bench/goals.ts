import { names } from './subjects.js';

/** Median milliseconds of the subjects at one latency, by name. */
export type Medians = ReadonlyMap<string, number>;

interface Goal {
  readonly text: string;
  readonly atMost: number;
  readonly latencyMs: number;
  /** NaN when a subject was not measured. */
  readonly measured: (median: (name: string) => number) => number;
}

const ratio = (one: string, other: string) => (median: (name: string) => number) => median(one) / median(other);

/** The other action needs one step for the ID token, and one more for each further hop. */
const otherSteps = (name: string, further: number) => (median: (name: string) => number) =>
  median(name) / (median(names.otherOne) + further * median(names.otherNext));

const goals: readonly Goal[] = [
  { text: 'one hop ÷ by hand', atMost: 1.25, latencyMs: 20, measured: ratio(names.one, names.oneByHand) },
  { text: 'one hop ÷ by hand', atMost: 1.1, latencyMs: 100, measured: ratio(names.one, names.oneByHand) },
  { text: 'one hop ÷ the other action', atMost: 0.5, latencyMs: 50, measured: otherSteps(names.one, 0) },
  {
    text: 'three hops ÷ the other action in three steps',
    atMost: 0.25,
    latencyMs: 50,
    measured: otherSteps(names.three, 2),
  },
  {
    text: 'twenty targets ÷ the other action in 21 steps',
    atMost: 0.05,
    latencyMs: 50,
    measured: otherSteps(names.twenty, 20),
  },
  {
    text: 'milliseconds of a further hop beyond its round trip',
    atMost: 2,
    latencyMs: 20,
    measured: (median) =>
      (median(names.ten) - median(names.one) - (median(names.tenByHand) - median(names.oneByHand))) / 9,
  },
  {
    text: 'twenty targets ÷ by hand, eight at a time',
    atMost: 1.25,
    latencyMs: 20,
    measured: ratio(names.twenty, names.twentyByHand),
  },
  { text: 'refresh from cache ÷ bare Node', atMost: 1.1, latencyMs: 20, measured: ratio(names.refresh, names.bare) },
  { text: 'post ÷ bare Node', atMost: 1.4, latencyMs: 20, measured: ratio(names.post, names.bare) },
];

/** The latencies that the goals name, in milliseconds. */
export const latencies = [...new Set(goals.map(({ latencyMs }) => latencyMs))].sort((one, other) => one - other);

/** A table of every measured goal. */
export function goalTable(medians: ReadonlyMap<number, Medians>): string {
  const rows = goals.flatMap(({ text, atMost, latencyMs, measured }) => {
    const value = measured((name) => medians.get(latencyMs)?.get(name) ?? Number.NaN);
    return Number.isNaN(value)
      ? []
      : [
          `| ${text} | ${latencyMs} ms | ${atMost} | ${value.toFixed(value < 0.1 ? 3 : 2)} | ${value <= atMost ? 'yes' : 'no'} |`,
        ];
  });
  return ['| goal | answers after | at most | measured | met |', '|---|---:|---:|---:|---|', ...rows].join('\n');
}
