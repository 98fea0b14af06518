import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FaultRule } from '../../emulator/server/fault.js';
import { outcome } from '../support/credential-process.js';
import { deploy } from '../support/example-world.js';
import { openRefreshStage, type RefreshStage, refreshing, untilRenewal } from '../support/refresh-stage.js';
import { session } from '../support/stage.js';
import { goSdk } from './go-sdk.js';
import { available, find, outputOf, whoAmI, works } from './programs.js';

const python = find('python3');
const aws = find('aws');
const hasBoto3 = available('boto3', works(python, ['-c', 'import boto3']));
// Version 2 is a compiled program, so a Python module cannot shift its clock.
const hasCli = available('AWS CLI 1', /^aws-cli\/1\./.test(outputOf(aws, '--version')));
const go = await goSdk();
const hasGo = available('AWS SDK for Go v2', go !== undefined);
const shifted = { PYTHONPATH: join(import.meta.dirname, 'shifted-python'), PYTHONDONTWRITEBYTECODE: '1' };
const ten = 10 * 60;

/** The fault at each minute of the job that has one. */
const faultAt: Readonly<Record<number, FaultRule>> = {
  50: { operation: 'AssumeRole', first: 2, fault: { kind: 'throttle' } },
  100: { operation: 'AssumeRoleWithWebIdentity', fault: { kind: 'stall' } },
  150: { operation: 'GetIdToken', fault: { kind: 'reset' } },
  200: { operation: 'AssumeRole', fault: { kind: 'stall-body' } },
  250: { operation: 'AssumeRoleWithWebIdentity', fault: { kind: 'verification-key' } },
  300: { operation: 'AssumeRole', fault: { kind: 'unavailable' } },
};

describe('a job of six hours with a fault at every renewal', () => {
  test.skipIf(!hasBoto3)('never fails a boto3 program that runs as long', async () => {
    const stage = await openLongJob();
    const who = longLived(stage);
    for (let minutes = 10; minutes <= 360; minutes += 10) {
      await passTime(stage, minutes);
      expect(await who(minutes), `after ${minutes} minutes`).toBe(session(deploy));
    }
    expect(stage.requests('GetCallerIdentity')).toHaveLength(36);
    expectFaults(stage);
  });

  test.skipIf(!hasCli)('never fails a call of the AWS CLI', async () => {
    const stage = await openLongJob();
    for (let minutes = 10; minutes <= 360; minutes += 10) {
      await passTime(stage, minutes);
      if (minutes % 50 !== 0) {
        continue;
      }
      const { stdout, log } = await stage.job.run({ command: aws, args: whoAmI }, { env: variables(stage) });
      expect(stdout.trim(), `after ${minutes} minutes: ${log}`).toBe(session(deploy));
    }
    expectFaults(stage);
  });

  test.skipIf(!hasCli)('lets many clients renew at once, one of them killed, with one walk', async () => {
    const stage = await openRefreshStage();
    await stage.succeeds(refreshing);
    stage.later(untilRenewal);
    stage.emulator.faults.add({ operation: 'AssumeRole', fault: { kind: 'stall' } });
    const owner = await stage.start();
    const ended = outcome(owner);
    await expect.poll(() => stage.requests('AssumeRole').length, { timeout: 20_000 }).toBe(2);
    const calls = [1, 2, 3].map(() =>
      outcome(spawn(aws, whoAmI, { env: { ...stage.job.environment, ...variables(stage) } })),
    );
    owner.kill('SIGKILL');
    for (const { stdout, stderr } of await Promise.all(calls)) {
      expect(stdout.trim(), stderr).toBe(session(deploy));
    }
    await ended;
    expect(stage.requests('AssumeRole')).toHaveLength(3);
  });
});

test.skipIf(!hasCli)('the AWS CLI needs only a home folder and the name of the profile', async () => {
  const stage = await openRefreshStage();
  await stage.succeeds(refreshing);
  stage.later(untilRenewal);
  const { HOME = '', AWS_PROFILE = '', AWS_ENDPOINT_URL_STS = '' } = stage.job.environment;
  const minimal = { HOME, AWS_PROFILE, AWS_ENDPOINT_URL_STS, PATH: process.env.PATH ?? '', ...variables(stage) };
  const { stdout, stderr } = await outcome(spawn(aws, whoAmI, { env: minimal }));
  expect(stdout.trim(), stderr).toBe(session(deploy));
});

test.skipIf(!hasGo)(
  'the Go SDK, which waits for a minute, gets the explanation of a renewal without answers',
  async () => {
    const stage = await openRefreshStage();
    await stage.succeeds(refreshing);
    // The process that the SDK starts reads the shifted clock; the SDK's own clock cannot be shifted.
    stage.later(untilRenewal);
    stage.emulator.faults.add({ operation: 'AssumeRole', first: 99, fault: { kind: 'stall' } });
    const { exitCode, stderr } = await stage.job.run(go?.identity ?? '', { env: stage.clock(), timeoutMs: 100_000 });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('not assumed within 50 seconds');
  },
);

/** Timers run ten times as fast, so that a missing answer times out soon. */
async function openLongJob(): Promise<RefreshStage> {
  const stage = await openRefreshStage({ environment: { TEST_TIMER_SPEED: '10' } });
  await stage.succeeds(refreshing);
  return stage;
}

async function passTime(stage: RefreshStage, minutes: number): Promise<void> {
  stage.later(ten);
  const rule = faultAt[minutes];
  if (rule !== undefined) {
    stage.emulator.faults.add(rule);
  }
}

const variables = (stage: RefreshStage) => ({ ...stage.clock(), ...shifted });

/** Starts the program. The returned function gets its identity after that many minutes. */
function longLived(stage: RefreshStage): (minutes: number) => Promise<string> {
  const program = join(import.meta.dirname, 'long_lived.py');
  const child = spawn(python, [program], {
    env: { ...stage.job.environment, ...variables(stage) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  const lines = createInterface(child.stdout);
  const ended = once(child, 'exit').then(() => ['the program ended']);
  return async (minutes) => {
    child.stdin.write(`${minutes * 60_000}\n`);
    const [line] = await Promise.race([once(lines, 'line'), ended]);
    return String(line);
  };
}

/** The emulator rejects expired sessions, so no rejection means no expired session; and every fault hit a renewal. */
function expectFaults(stage: RefreshStage): void {
  expect(stage.requests('GetCallerIdentity').filter(({ status }) => status !== 200)).toEqual([]);
  const failed = stage.emulator.requests.filter(({ status }) => status !== 200);
  expect(failed.length).toBeGreaterThanOrEqual(Object.keys(faultAt).length);
}
