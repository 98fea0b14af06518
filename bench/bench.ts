import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Emulator, startEmulator } from '../emulator/server/start-emulator.js';
import { exampleWorld } from '../emulator/world/load-world.js';
import { benchFleet } from './fleet.js';
import { jobOf, node, root } from './job.js';
import { chainOf, hubArn, manyAccounts, targetsOf } from './many-accounts.js';
import { type Figures, measure, type Subject } from './measure.js';
import { refreshSubject } from './refresh-subject.js';

const names = {
  oneByHand: 'one OIDC hop by hand',
  one: 'one OIDC hop',
  tenByHand: 'ten hops by hand',
  ten: 'ten hops',
} as const;

const { values } = parseArgs({
  options: {
    latency: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '15' },
    against: { type: 'string' },
  },
});

/** Measures whole processes against the emulator, which answers after a stated latency. */
async function bench(latencyMs: number, rounds: number, against: string | undefined): Promise<void> {
  const emulator = await startEmulator({ world: manyAccounts(await exampleWorld(), 20), latencyMs });
  await emulator.idToken();
  const refresh = await refreshSubject({
    root,
    node,
    environment: jobOf(emulator, { 'role-chain': chainOf(2) }),
  });
  try {
    const subjects = subjectsOf(emulator, refresh.subject, against);
    const figures = await measure(subjects, rounds);
    const calls = await countCalls(subjects, emulator);
    print({ subjects, figures, calls, latencyMs, rounds });
  } finally {
    await refresh.close();
    await emulator.close();
  }
}

function subjectsOf(emulator: Emulator, refresh: Subject, against: string | undefined): readonly Subject[] {
  const action = (name: string, inputs: Record<string, string>): Subject => ({
    name,
    command: [node, join(root, 'dist/main/index.js')],
    environment: jobOf(emulator, inputs),
  });
  const byHand = (name: string, hops: number): Subject => ({
    name,
    command: [node, join(root, 'bench/by-hand.cjs')],
    environment: { ...jobOf(emulator, {}), ROLE_ARNS: chainOf(hops) },
  });
  const oneHop = { 'role-to-assume': hubArn };
  const other: readonly Subject[] =
    against === undefined
      ? []
      : [{ name: 'one OIDC hop, the other action', command: [node, against], environment: jobOf(emulator, oneHop) }];
  return [
    { name: 'node -e 0', command: [node, '-e', '0'], environment: {} },
    byHand(names.oneByHand, 1),
    action(names.one, oneHop),
    ...other,
    action('three hops', { 'role-chain': chainOf(3) }),
    byHand(names.tenByHand, 10),
    action(names.ten, { 'role-chain': chainOf(10) }),
    action('twenty targets behind one hub', { targets: targetsOf(20) }),
    refresh,
  ];
}

/** Calls of one run of each subject. */
async function countCalls(subjects: readonly Subject[], emulator: Emulator): Promise<readonly number[]> {
  const counts: number[] = [];
  for (const subject of subjects) {
    const before = emulator.requests.length;
    await measure([subject], 1);
    // A warm-up, a counted run and a run for the memory.
    counts.push((emulator.requests.length - before) / 3);
  }
  return counts;
}

function print({
  subjects,
  figures,
  calls,
  latencyMs,
  rounds,
}: {
  subjects: readonly Subject[];
  figures: readonly Figures[];
  calls: readonly number[];
  latencyMs: number;
  rounds: number;
}): void {
  const rows = subjects.map(({ name }, index) => {
    const { wall, peakMemory } = figures[index] as Figures;
    const [median, least, most] = wall.map((time) => time.toFixed(0));
    return `| ${name} | ${median} | ${least}–${most} | ${calls[index]} | ${peakMemory.toFixed(0)} |`;
  });
  const head = ['| whole process | median ms | least–most ms | calls | peak MiB |', '|---|---:|---:|---:|---:|'];
  process.stdout.write(
    `${[`Answers after ${latencyMs} ms; ${rounds} rounds; ${node}`, '', ...head, ...rows, '', ...ratios(subjects, figures)].join('\n')}\n`,
  );
}

/** What the aims are about: one hop against the same by hand, and what a further hop costs beyond its round trip. */
function ratios(subjects: readonly Subject[], figures: readonly Figures[]): readonly string[] {
  const median = (name: string) =>
    figures[subjects.findIndex((subject) => subject.name === name)]?.wall[0] ?? Number.NaN;
  const hop = (ten: string, one: string) => (median(ten) - median(one)) / 9;
  const [here, byHand] = [hop(names.ten, names.one), hop(names.tenByHand, names.oneByHand)];
  return [
    `One hop takes ${(median(names.one) / median(names.oneByHand)).toFixed(2)} times as long as by hand.`,
    `A further hop takes ${here.toFixed(1)} ms, by hand ${byHand.toFixed(1)} ms: ${(here - byHand).toFixed(1)} ms more than its round trip.`,
  ];
}

if (values.against !== undefined && !existsSync(values.against)) {
  process.stderr.write(`--against: there is no file ${values.against}\n`);
  process.exit(2);
}
await bench(Number(values.latency), Number(values.rounds), values.against);
await benchFleet(Number(values.latency), Math.min(3, Number(values.rounds)));
