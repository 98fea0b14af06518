import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, onTestFinished } from 'vitest';
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

/** The result of running a profile's `credential_process`. */
export interface Call {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Which profile to run; `environment` replaces the job's. */
export interface CallOptions {
  readonly profile?: string;
  readonly environment?: Variables;
}

/** Keys in the format of `credential_process`. */
export interface Printed {
  readonly Version: number;
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
  readonly Expiration: string;
}

/** A stage whose time can be moved, with the processes of its profiles. */
export interface RefreshStage extends Stage {
  readonly later: (seconds: number) => void;
  /** The time on the stage in epoch milliseconds. */
  readonly now: () => number;
  readonly command: (profile?: string) => Promise<string>;
  readonly start: (options?: CallOptions) => Promise<ChildProcess>;
  readonly call: (options?: CallOptions) => Promise<Call>;
  readonly gets: (options?: CallOptions) => Promise<Printed>;
  readonly failsToGet: (options?: CallOptions) => Promise<string>;
  /** The ARN of these keys according to the emulator; throws its error otherwise. */
  readonly whose: (keys: Printed) => Promise<string | undefined>;
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
  const command = (profile?: string) => processOf(stage, profile);
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
    gets: async (callOptions) => printed(await call(callOptions)),
    failsToGet: async (callOptions) => {
      const { code, stdout, stderr } = await call(callOptions);
      expect({ code, stdout }, stderr).toEqual({ code: 1, stdout: '' });
      return stderr;
    },
    whose: (keys) => whose(keys, emulator.url, elapsed),
    clock,
    folder: () => refreshFolder(stage),
  };
}

/** Waits for a process to end; its exit code and output. */
export async function outcome(child: ChildProcess): Promise<Call> {
  const [stdout, stderr, [code, signal]] = await Promise.all([
    child.stdout === null ? '' : text(child.stdout),
    child.stderr === null ? '' : text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: code ?? signal, stdout, stderr };
}

/** The keys of a successful call: one JSON object on one line. */
export function printed({ code, stdout, stderr }: Call): Printed {
  expect({ code, stderr, lines: stdout.split('\n').length }, stderr).toEqual({ code: 0, stderr: '', lines: 2 });
  return JSON.parse(stdout) as Printed;
}

/** The program and arguments of a `credential_process`, split as clients do. */
export function wordsOf(command: string): readonly string[] {
  const words = command.match(/'[^']*'|"[^"]*"|\S+/g) ?? [];
  return words.map((word) => word.replace(/^(['"])(.*)\1$/, '$2'));
}

async function processOf({ job }: Stage, profile = job.environment.AWS_PROFILE ?? ''): Promise<string> {
  const config = await readFile(job.environment.AWS_CONFIG_FILE ?? join(job.folders.home, '.aws', 'config'), 'utf8');
  const section = config.split(/^(?=\[)/m).find((each) => each.startsWith(`[profile ${profile}]`));
  const [, command = ''] = /^credential_process = (.*)$/m.exec(section ?? '') ?? [];
  expect(command, `[profile ${profile}] in\n${config}`).not.toBe('');
  return command;
}

async function whose(keys: Printed, endpoint: string, elapsed: number): Promise<string | undefined> {
  const client = new STSClient({
    region: 'eu-west-1',
    endpoint,
    maxAttempts: 1,
    systemClockOffset: elapsed * 1000,
    credentials: {
      accessKeyId: keys.AccessKeyId,
      secretAccessKey: keys.SecretAccessKey,
      sessionToken: keys.SessionToken,
    },
  });
  try {
    return (await client.send(new GetCallerIdentityCommand({}))).Arn;
  } finally {
    client.destroy();
  }
}

/** The folder of refresh plans and caches. */
async function refreshFolder({ job }: Stage): Promise<string | undefined> {
  const name = (await readdir(job.folders.temp)).find((each) => /^assume-role-[0-9a-f-]{36}$/.test(each));
  return name === undefined ? undefined : join(job.folders.temp, name);
}
