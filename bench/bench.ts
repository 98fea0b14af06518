import { existsSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Emulator } from '../emulator/server/emulator.js';
import { startEmulator } from '../emulator/server/start-emulator.js';
import { exampleWorld } from '../emulator/world/load-world.js';
import { actionNode } from './action-node.js';
import { benchManyTargets } from './bench-many-targets.js';
import { goalTable, latencies, type Rounds } from './goals.js';
import { type LaterSubject, postSubject, refreshSubject } from './later-subjects.js';
import { chainOf, hubArn, manyAccounts } from './many-accounts.js';
import { type Figures, measure, quantile, type Subject } from './measure.js';
import { stepEnvironment } from './step-environment.js';
import { bareSubject, byHandSubjects, otherSubjects, ourSubjects } from './subjects.js';

const { values } = parseArgs({
  options: {
    latency: { type: 'string' },
    rounds: { type: 'string', default: '21' },
    against: { type: 'string' },
    'no-fleet': { type: 'boolean', default: false },
  },
});

/** Measures whole processes against the emulator, which answers after the given latency. */
async function bench(latencyMs: number, rounds: number, against: string | undefined): Promise<Rounds> {
  const emulator = await startEmulator({ world: manyAccounts(await exampleWorld(), 20), latencyMs });
  await emulator.idToken();
  const later = [
    await refreshSubject(stepEnvironment(emulator, { 'role-chain': chainOf(2) })),
    await postSubject(stepEnvironment(emulator, { 'role-to-assume': hubArn })),
  ];
  try {
    const subjects = subjectsOf(emulator, later, { latencyMs, against });
    const figures = await measure(subjects, rounds);
    const calls = await countCalls(subjects, emulator);
    process.stdout.write(`${tableOf(subjects, { figures, calls, latencyMs })}\n\n`);
    return new Map(subjects.map(({ name }, index) => [name, figures[index]?.wallTimes ?? []]));
  } finally {
    for (const { close } of later) {
      close();
    }
    await emulator.close();
  }
}

/** At the longer latencies, only the subjects that the goals need. */
function subjectsOf(
  emulator: Emulator,
  later: readonly LaterSubject[],
  { latencyMs, against }: { latencyMs: number; against: string | undefined },
): readonly Subject[] {
  const [ours, byHand] = [ourSubjects(emulator), byHandSubjects(emulator)];
  const others = against === undefined ? [] : otherSubjects(emulator, against);
  switch (latencyMs) {
    case 50:
      return [bareSubject(), ours.one, ours.three, ours.twenty, ...others];
    case 100:
      return [bareSubject(), byHand.one, ours.one];
    default: {
      const pairs = [byHand.one, ours.one, ours.three, byHand.ten, ours.ten, byHand.twenty, ours.twenty];
      return [bareSubject(), ...pairs, ...later.map(({ subject }) => subject), ...others];
    }
  }
}

/** The number of calls that one run of each subject makes. */
async function countCalls(subjects: readonly Subject[], emulator: Emulator): Promise<readonly number[]> {
  const counts: number[] = [];
  for (const subject of subjects) {
    const before = emulator.requests.length;
    await measure([subject], 1);
    // Three runs were made: the warm-up, the timed run and the run for memory.
    counts.push((emulator.requests.length - before) / 3);
  }
  return counts;
}

function tableOf(
  subjects: readonly Subject[],
  { figures, calls, latencyMs }: { figures: readonly Figures[]; calls: readonly number[]; latencyMs: number },
): string {
  const rows = subjects.map(({ name }, index) => {
    const { wallTimes, peakMemory } = figures[index] as Figures;
    const [least, median, most] = [0, 0.5, 1].map((share) => quantile(wallTimes, share).toFixed(0));
    return `| ${name} | ${median} | ${least}–${most} | ${calls[index]} | ${peakMemory.toFixed(0)} |`;
  });
  const title = `| whole process, answers after ${latencyMs} ms | median ms | least–most ms | calls | peak MiB |`;
  return [title, '|---|---:|---:|---:|---:|', ...rows].join('\n');
}

const { against } = values;
if (against !== undefined && !existsSync(against)) {
  process.stderr.write(`--against: there is no file ${against}\n`);
  process.exit(2);
}
const rounds = Number(values.rounds);
process.stdout.write(
  `${rounds} rounds; ${actionNode}; load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} processors\n\n`,
);
const measured = new Map<number, Rounds>();
for (const latencyMs of values.latency === undefined ? latencies : [Number(values.latency)]) {
  measured.set(latencyMs, await bench(latencyMs, rounds, against));
}
process.stdout.write(`${goalTable(measured)}\n`);
if (!values['no-fleet']) {
  await benchManyTargets(Number(values.latency ?? 20), Math.min(3, rounds));
}
