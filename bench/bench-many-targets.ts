import { join } from 'node:path';
import { startEmulator } from '../emulator/server/start-emulator.js';
import { exampleWorld } from '../emulator/world/load-world.js';
import type { RateDocument } from '../emulator/world/world.js';
import { root } from '../scripts/root.js';
import { actionNode } from './action-node.js';
import { manyAccounts, targetsOf } from './many-accounts.js';
import { measure, quantile } from './measure.js';
import { stepEnvironment } from './step-environment.js';

interface ManyTargets {
  readonly targets: number;
  readonly rate?: RateDocument;
}

const sizes: readonly ManyTargets[] = [
  { targets: 300 },
  { targets: 1_000 },
  { targets: 100, rate: { perSecond: 5, burst: 10 } },
];

/** Calls in flight at a time while STS does not throttle. */
const atATime = 32;

/** Measures steps with many targets behind one hub, and compares them with the minimum time that the calls take. */
export async function benchManyTargets(latencyMs: number, rounds: number): Promise<void> {
  const rows: string[] = [];
  for (const size of sizes) {
    rows.push(await row(size, latencyMs, rounds));
  }
  const head = [
    '| many targets behind one hub | median s | calls alone s | ratio | peak MiB |',
    '|---|---:|---:|---:|---:|',
  ];
  process.stdout.write(`\n${[...head, ...rows].join('\n')}\n`);
}

async function row({ targets, rate }: ManyTargets, latencyMs: number, rounds: number): Promise<string> {
  const world = { ...manyAccounts(await exampleWorld(), targets), ...(rate && { rate }) };
  const emulator = await startEmulator({ world, latencyMs });
  try {
    await emulator.idToken();
    const subject = {
      name: `${targets} targets`,
      command: [actionNode, join(root, 'dist/main/index.js')] as const,
      environment: stepEnvironment(emulator, { targets: targetsOf(targets), 'action-timeout-s': '600' }),
    };
    const [figures] = await measure([subject], rate === undefined ? rounds : 1);
    const seconds = quantile(figures?.wallTimes ?? [], 0.5) / 1000;
    const calls = targets + 1;
    const alone =
      rate === undefined
        ? ((2 + targets / atATime) * latencyMs) / 1000
        : Math.max(0, calls - rate.burst) / rate.perSecond;
    const name = rate === undefined ? subject.name : `${subject.name}, throttled to ${rate.perSecond} calls a second`;
    const cells = [seconds.toFixed(2), alone.toFixed(2), (seconds / alone).toFixed(2), figures?.peakMemory.toFixed(0)];
    return `| ${name} | ${cells.join(' | ')} |`;
  } finally {
    await emulator.close();
  }
}
