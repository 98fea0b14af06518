import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { runCredentialProcess } from '../../src/aws/run-credential-process.js';

const folder = mkdtempSync(join(tmpdir(), 'credential-process-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const keys = { AccessKeyId: 'ASIAPROCESS', SecretAccessKey: 'a-secret', SessionToken: 'a-token' };
const printing = (value: unknown) => `printf '%s' '${JSON.stringify(value)}'`;
const patient = { timeout: 10_000 };
const never = () => new AbortController().signal;

describe.skipIf(process.platform === 'win32')('a credential_process', () => {
  it('gives the credentials that it prints', async () => {
    const Expiration = new Date(Date.now() + 60_000).toISOString();
    expect(await runCredentialProcess(printing({ Version: 1, ...keys, Expiration }), never())).toEqual({
      accessKeyId: keys.AccessKeyId,
      secretAccessKey: keys.SecretAccessKey,
      sessionToken: keys.SessionToken,
      expiration: new Date(Expiration),
    });
  });

  it.each([
    ['exit 3', 'failed without output'],
    ['echo first >&2; echo last >&2; exit 3', 'failed: last'],
    ['kill -9 $$', 'failed without output'],
    ['/nowhere/tool', /failed: .*not found/],
    ['true', 'printed no JSON object'],
    ['echo null', 'printed no JSON object'],
    ['echo a-secret', 'printed no JSON object'],
    [printing({ ...keys }), 'printed JSON without "Version": 1'],
    [printing({ Version: 1, AccessKeyId: 'ASIAPROCESS' }), 'printed no AccessKeyId or no SecretAccessKey'],
    [printing({ Version: 1, ...keys, AccessKeyId: 7 }), 'printed no AccessKeyId or no SecretAccessKey'],
    [
      printing({ Version: 1, ...keys, Expiration: '2020-01-01T00:00:00Z' }),
      'printed credentials that ended at 2020-01-01T00:00:00.000Z',
    ],
    [printing({ Version: 1, ...keys, Expiration: 'soon' }), 'printed an Expiration that is not a time'],
    ['cat /dev/zero', 'printed more than 1048576 bytes'],
  ])('that fails is explained without its output: %s', async (command, reason) => {
    const failure = await runCredentialProcess(command, never()).catch((error: Error) => error.message);
    expect(failure).toMatch(reason);
    expect(failure).not.toContain('a-secret');
  });

  it('is not waited for because of a child that keeps its output open, and the child ends with it', async () => {
    const file = join(folder, 'child');
    const command = `sleep 600 & echo $! > ${file}; ${printing({ Version: 1, ...keys })}`;
    expect(await runCredentialProcess(command, never())).toMatchObject({ accessKeyId: keys.AccessKeyId });
    await vi.waitFor(() => expect(isRunning(pidIn(file))).toBe(false), patient);
  });

  it.each([
    ['itself', 'echo $$ > FILE; exec sleep 600'],
    ['a child', 'sleep 600 & echo $! > FILE; wait'],
    ['one that ignores requests to end', "trap '' TERM INT HUP; echo $$ > FILE; while :; do sleep 600; done"],
    ['a stopped one', 'echo $$ > FILE; kill -STOP $$'],
  ])('ends with the deadline: %s', async (name, script) => {
    const file = join(folder, name.replaceAll(' ', '-'));
    const controller = new AbortController();
    const asked = runCredentialProcess(script.replaceAll('FILE', file), controller.signal);
    const pid = await vi.waitFor(() => pidIn(file), patient);
    controller.abort(new Error('too late'));
    await expect(asked).rejects.toThrow('too late');
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), patient);
  });
});

function pidIn(file: string): number {
  const pid = Number(readFileSync(file, 'utf8'));
  expect(pid).toBeGreaterThan(0);
  return pid;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
