import { type ChildProcess, spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import {
  type Call,
  credentialProcessOf,
  keysIn,
  outcome,
  ownerOf,
  type PrintedKeys,
  wordsOf,
} from './credential-process.js';
import { deploy, hub } from './example-world.js';
import { listenForSecrets } from './sent-secrets.js';
import { chainOf, openStage, type Stage, type StageOptions } from './stage.js';

/*
 * A stage whose time can be moved: `later` moves the emulator's clock, and the clock of every program started after it.
 * `call` runs a profile's credential_process as a tool would, by default with the job's variables, and checks the rules
 * of every call: a success prints exactly one JSON object, a failure prints its explanation to stderr and nothing to
 * stdout, and stderr never contains a secret.
 */

/** The inputs of a chain with a renewing profile. */
export const refreshing = { 'role-chain': chainOf(hub, deploy), refresh: 'true' } as const;

/** Seconds after which a session of an hour has less than 15 minutes left. */
export const untilRenewal = 46 * 60;

type Variables = Readonly<Record<string, string>>;

/** Which profile to run; `environment` replaces the job's. */
interface CallOptions {
  readonly profile?: string;
  readonly environment?: Variables;
}

/** A stage whose time can be moved, with the processes of its profiles. */
export interface RefreshStage extends Stage {
  readonly later: (seconds: number) => void;
  /** The time on the stage in epoch milliseconds. */
  readonly now: () => number;
  readonly command: (profile?: string) => Promise<string>;
  readonly start: (options?: CallOptions) => Promise<ChildProcess>;
  readonly call: (options?: CallOptions) => Promise<Call>;
  readonly gets: (options?: CallOptions) => Promise<PrintedKeys>;
  readonly failsToGet: (options?: CallOptions) => Promise<string>;
  /** The ARN of these keys according to the emulator; throws its error otherwise. */
  readonly whose: (keys: PrintedKeys) => Promise<string | undefined>;
  /** Variables that set a Node program's clock to the stage's time. */
  readonly clock: () => Variables;
  readonly folder: () => Promise<string | undefined>;
}

const preload = join(import.meta.dirname, 'shift-clock.cjs');

/** Opens a stage whose time can be moved. */
export async function openRefreshStage(options: StageOptions = {}): Promise<RefreshStage> {
  const stage = await openStage(options);
  const { emulator, job } = stage;
  const sent = listenForSecrets(Number(new URL(emulator.url).port));
  onTestFinished(sent.stop);
  let elapsed = 0;
  const clock = () => ({
    NODE_OPTIONS: `--require=${preload}`,
    TEST_CLOCK_OFFSET_MS: String(elapsed * 1000),
  });
  const command = (profile?: string) => credentialProcessOf(job, profile);
  const start = async ({ profile, environment }: CallOptions = {}) => {
    const [program = '', ...words] = wordsOf(await command(profile));
    const child = spawn(program, words, { env: { ...(environment ?? job.environment), ...clock() } });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
  const call = async (callOptions: CallOptions = {}) => {
    const ended = await outcome(await start(callOptions));
    const secrets = [...job.secrets, ...sent.secrets];
    expect(secrets.filter((secret) => ended.stderr.includes(secret))).toEqual([]);
    return ended;
  };
  return {
    ...stage,
    later: (seconds) => {
      elapsed += seconds;
      emulator.clock.advance(seconds);
    },
    now: () => Date.now() + elapsed * 1000,
    command,
    start,
    call,
    gets: async (callOptions) => keysIn(await call(callOptions)),
    failsToGet: async (callOptions) => {
      const { code, stdout, stderr } = await call(callOptions);
      expect({ code, stdout }, stderr).toEqual({ code: 1, stdout: '' });
      return stderr;
    },
    whose: (keys) => ownerOf(keys, emulator.url, elapsed),
    clock,
    folder: () => refreshFolder(stage),
  };
}

/** The folder of refresh plans and caches. */
async function refreshFolder({ job }: Stage): Promise<string | undefined> {
  const name = (await readdir(job.folders.temp)).find((each) => /^assume-role-[0-9a-f-]{36}$/.test(each));
  return name === undefined ? undefined : join(job.folders.temp, name);
}
