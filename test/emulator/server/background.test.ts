import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const start = join(root, '.github/actions/emulator/start.mjs');
const whoAmI = join(root, '.github/actions/emulator/who-am-i.mjs');
const execute = promisify(execFile);

test('a step starts the emulator for the later steps of its job, which can ask it who they are', async () => {
  const temp = await mkdtemp(join(tmpdir(), 'step-'));
  const PATH = process.env.PATH ?? '';
  const variables = join(temp, 'env');
  const environment = { PATH, GITHUB_ENV: variables, GITHUB_WORKSPACE: root, RUNNER_TEMP: temp };
  const { stdout } = await execute(process.execPath, [start], { env: environment });
  try {
    const lines = (await readFile(variables, 'utf8')).trim().split('\n');
    const later = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s, 2)));
    expect(Object.keys(later)).toEqual([
      'AWS_ENDPOINT_URL_STS',
      'ACTIONS_ID_TOKEN_REQUEST_URL',
      'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    ]);
    const keys = {
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    };
    const answer = await execute(process.execPath, [whoAmI], { env: { PATH, ...later, ...keys } });
    expect(answer.stdout.trim()).toBe('arn:aws:iam::111111111111:user/ci-bot');
  } finally {
    process.kill(Number(/process (\d+)/.exec(stdout)?.[1]));
    await rm(temp, { recursive: true, force: true, maxRetries: 10 });
  }
});
