import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect } from 'vitest';
import type { Job } from '../../runner/job.js';

/** The result of running a profile's `credential_process`. */
export interface Call {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Keys in the format of `credential_process`. */
export interface PrintedKeys {
  readonly Version: number;
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
  readonly Expiration: string;
}

/** The `credential_process` of a profile in the job's AWS files; default: the current profile. */
export async function credentialProcessOf(job: Job, profile = job.environment.AWS_PROFILE ?? ''): Promise<string> {
  const config = await readFile(job.environment.AWS_CONFIG_FILE ?? join(job.folders.home, '.aws', 'config'), 'utf8');
  const section = config.split(/^(?=\[)/m).find((each) => each.startsWith(`[profile ${profile}]`));
  const [, command = ''] = /^credential_process = (.*)$/m.exec(section ?? '') ?? [];
  expect(command, `[profile ${profile}] in\n${config}`).not.toBe('');
  return command;
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
export function keysIn({ code, stdout, stderr }: Call): PrintedKeys {
  expect({ code, stderr, lines: stdout.split('\n').length }, stderr).toEqual({ code: 0, stderr: '', lines: 2 });
  return JSON.parse(stdout) as PrintedKeys;
}

/** The program and arguments of a `credential_process`, split as clients do. */
export function wordsOf(command: string): readonly string[] {
  const words = command.match(/'[^']*'|"[^"]*"|\S+/g) ?? [];
  return words.map((word) => word.replace(/^(['"])(.*)\1$/, '$2'));
}

/** The ARN of these keys according to the STS at an endpoint whose clock is `elapsed` seconds ahead. Throws its error. */
export async function ownerOf(keys: PrintedKeys, endpoint: string, elapsed: number): Promise<string | undefined> {
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
