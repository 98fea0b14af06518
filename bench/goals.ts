import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/root.js';
import { quantile } from './measure.js';
import { names } from './subjects.js';

/** Milliseconds of the subjects at one latency, by name: one value per round. */
export type Rounds = ReadonlyMap<string, readonly number[]>;

interface Goal {
  readonly text: string;
  readonly atMost: number;
  readonly latencyMs: number;
  /** Computed for each round; NaN when a subject was not measured. */
  readonly measured: (time: (name: string) => number) => number;
}

const ratio = (one: string, other: string) => (time: (name: string) => number) => time(one) / time(other);

/** The other action needs one step for the ID token, and one more for each further hop. */
const otherSteps = (name: string, further: number) => (time: (name: string) => number) =>
  time(name) / (time(names.otherOne) + further * time(names.otherNext));

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
    measured: (time) => (time(names.ten) - time(names.one) - (time(names.tenByHand) - time(names.oneByHand))) / 9,
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

/**
 * A table of every measured goal: the median of the rounds and their middle half. The subjects of a round ran one after
 * the other, so a machine that slows down affects them alike.
 */
export function goalTable(measured: ReadonlyMap<number, Rounds>): string {
  const head = ['| goal | answers after | at most | median | middle half | result |', '|---|---:|---:|---:|---:|---|'];
  return [...head, ...goals.flatMap((goal) => goalRow(goal, measured.get(goal.latencyMs)) ?? []), sizeRow()].join('\n');
}

function goalRow({ text, atMost, latencyMs, measured }: Goal, rounds: Rounds = new Map()): string | undefined {
  const count = Math.max(0, ...[...rounds.values()].map((times) => times.length));
  const values = Array.from({ length: count }, (_, round) =>
    measured((name) => rounds.get(name)?.[round] ?? Number.NaN),
  );
  const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantile(values, share)) as [number, number, number];
  if (Number.isNaN(median)) {
    return undefined;
  }
  const shown = (value: number) => value.toFixed(Math.abs(value) < 0.1 ? 3 : 2);
  const cells = [
    text,
    `${latencyMs} ms`,
    atMost,
    shown(median),
    `${shown(low)}–${shown(high)}`,
    result(median, atMost),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The sizes of `dist/`, in which every module is in exactly one file. */
function sizeRow(): string {
  const [folder, atMost] = [join(root, 'dist'), 900];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const kilobytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) / 1000;
  return `| kB of dist/ | | ${atMost} | ${kilobytes.toFixed(0)} | | ${result(kilobytes, atMost)} |`;
}

function result(value: number, atMost: number): string {
  return value <= atMost ? 'pass' : 'miss';
}
