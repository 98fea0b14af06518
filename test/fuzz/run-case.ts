import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Emulator } from '../../emulator/server/emulator.js';
import { type Job, startJob } from '../../runner/job.js';
import { root } from '../../scripts/root.js';
import { listenForSecrets } from '../support/sent-secrets.js';
import { startExample } from '../support/start-example.js';
import { findingsInMain, findingsInPost } from './findings.js';
import { differences, pathsBelow } from './folders.js';
import { type Case, environmentOf, planCase } from './plan-case.js';
import { randomFrom } from './random.js';
import { secretKey } from './scenarios.js';

const preload = join(root, 'test', 'support', 'kill-at-write.cjs');

/** Seconds: the step's deadline, and the additional time for its start and its watchdog. */
const deadline = 3;
const extraSeconds = 2;

/** Secrets that the scenarios and faults contain. */
const ownSecrets = [secretKey, 'overwritten/secret/of/the/users/own/0000', 'p4ssw0rd-of-proxy'];

/** The result of one case. */
export interface CaseResult {
  readonly seed: number;
  /** The kinds of faults. */
  readonly kinds: readonly string[];
  readonly ended: 'success' | 'failure' | 'killed';
  readonly title: string;
  /** Violations; empty when there are none. */
  readonly findings: readonly string[];
  readonly mainMs: number;
  /** The inputs, variables, faults and log of the case, for a reader. */
  readonly story: string;
}

/** Runs the case of a seed: main and post of the built action. `slackMs` is additional time for a busy machine. */
export async function runCase(seed: number, slackMs = 0): Promise<CaseResult> {
  const random = randomFrom(seed);
  const emulator = await startExample();
  const sent = listenForSecrets(Number(new URL(emulator.url).port));
  const planned = planCase(random);
  const job = await startJob({ action: root, environment: environmentOf(planned, emulator) });
  try {
    return await carryOut(planned, { seed, slackMs, emulator, job, sent: sent.secrets });
  } finally {
    sent.stop();
    await emulator.close();
    await job.close();
  }
}

interface Place {
  readonly seed: number;
  readonly slackMs: number;
  readonly emulator: Emulator;
  readonly job: Job;
  readonly sent: ReadonlySet<string>;
}

async function carryOut(planned: Case, { seed, slackMs, emulator, job, sent }: Place): Promise<CaseResult> {
  const { home, temp, workspace } = job.folders;
  const paths = Object.entries(planned.scenario.files).map(([path, text]) => written(path, text, job));
  paths.push(written('token.txt', await emulator.idToken(), job));
  const put = planned.files.map((fault) => fault(paths, home));
  for (const fault of put) {
    fault.put();
  }
  for (const rule of planned.rules) {
    emulator.faults.add(rule);
  }
  const folders = [home, temp, workspace];
  const before = await pathsBelow(folders);
  const killed = { NODE_OPTIONS: `--require=${preload}`, KILL_AT_WRITE: String(planned.killAt) };
  const options = {
    with: { 'action-timeout-s': String(deadline), ...planned.scenario.with },
    timeoutMs: 25_000 + slackMs,
    ...(planned.killAt > 0 && { env: killed }),
  };
  const main = await job.step(options);
  const isKilled = planned.killAt > 0 && main.exitCode === 137;
  const given = planned.rules.flatMap(({ fault }) =>
    fault.kind === 'altered' ? Object.values(fault.elements ?? {}) : [],
  );
  const secrets = [...ownSecrets, emulator.environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN ?? '', ...sent].filter(
    (secret) => secret.length > 15 && !given.includes(secret),
  );
  const facts = { secrets, endsWithin: (deadline + extraSeconds) * 1_000 + slackMs };
  const changedFiles = differences(before, await pathsBelow(folders));
  const findings = isKilled ? [] : [...findingsInMain(main, { ...facts, changedFiles })];
  const [post] = await job.finish();
  if (post !== undefined) {
    const left = differences(before, await pathsBelow(folders));
    const secretFiles = await secretsIn(job, [...sent]);
    findings.push(...findingsInPost(post, { ...facts, changedFiles: left, secretFiles }));
  }
  const [error] = main.annotations.filter(({ level }) => level === 'error');
  return {
    seed,
    kinds: [...planned.kinds, ...put.map(({ kind }) => kind), ...(isKilled ? ['killed at a write'] : [])],
    ended: isKilled ? 'killed' : main.exitCode === 0 ? 'success' : 'failure',
    title: error?.title ?? '',
    findings,
    mainMs: main.durationMs,
    story: JSON.stringify(
      {
        options,
        env: planned.scenario.env,
        rules: planned.rules,
        log: main.raw.slice(-6_000),
        post: post?.raw.slice(-2_000),
      },
      undefined,
      1,
    ),
  };
}

function written(path: string, text: string, { folders }: Job): string {
  const whole = path.startsWith('~/') ? join(folders.home, path.slice(2)) : join(folders.workspace, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text, { mode: 0o600 });
  return whole;
}

/** Files of the home folder and the temporary folder that contain a secret from the emulator. */
async function secretsIn(job: Job, sent: readonly string[]): Promise<readonly string[]> {
  job.addSecrets(...sent.filter((secret) => secret.length > 15));
  const found = await Promise.all([job.folders.home, job.folders.temp].map((folder) => job.findSecrets(folder)));
  return found.flat().filter((file) => !file.startsWith('_runner_file_commands'));
}
