import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exampleWorld } from '../emulator/example-world.js';
import { type Emulator, startEmulator } from '../emulator/server.js';
import { manyAccounts, targetsOf } from './many-accounts.js';
import { type Figures, measure, type Subject } from './measure.js';
import { refreshSubject } from './refresh-subject.js';

const root = join(import.meta.dirname, '..');
const node = process.env.ACTION_NODE ?? process.execPath;
const hub = 'arn:aws:iam::111111111111:role/ci-hub';
const deploy = (account: string) => `arn:aws:iam::${account}:role/deploy`;

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
    environment: jobOf(emulator, { 'role-chain': `${hub}\n${deploy('222222222222')}` }),
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
  const oneHop = { 'role-to-assume': hub };
  const other: readonly Subject[] =
    against === undefined
      ? []
      : [{ name: 'one OIDC hop, the other action', command: [node, against], environment: jobOf(emulator, oneHop) }];
  return [
    { name: 'node -e 0', command: [node, '-e', '0'], environment: {} },
    {
      name: 'one OIDC hop by hand',
      command: [node, join(root, 'bench/by-hand.cjs')],
      environment: { ...jobOf(emulator, {}), ROLE_ARN: hub },
    },
    action('one OIDC hop', oneHop),
    ...other,
    action('three hops', { 'role-chain': [hub, deploy('222222222222'), deploy('333333333333')].join('\n') }),
    action('twenty targets behind one hub', { targets: targetsOf(20, hub) }),
    refresh,
  ];
}

function jobOf(emulator: Emulator, inputs: Readonly<Record<string, string>>): Record<string, string> {
  const given = { 'aws-region': 'us-east-1', audience: 'sts.amazonaws.com', ...inputs };
  const variables = Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  return {
    ...emulator.environment,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_WORKFLOW: 'deploy',
    GITHUB_ACTION: 'assume',
    GITHUB_ACTOR: 'octocat',
    GITHUB_SHA: '0'.repeat(40),
    GITHUB_WORKSPACE: root,
    ...Object.fromEntries(variables),
  };
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
    `${[`Answers after ${latencyMs} ms; ${rounds} rounds; ${node}`, '', ...head, ...rows].join('\n')}\n`,
  );
}

if (values.against !== undefined && !existsSync(values.against)) {
  process.stderr.write(`--against: there is no file ${values.against}\n`);
  process.exit(2);
}
await bench(Number(values.latency), Number(values.rounds), values.against);
