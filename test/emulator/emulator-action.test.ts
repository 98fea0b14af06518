import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { root } from '../../scripts/root.js';
import { bot, keyVariables } from '../support/example-world.js';
import { temporaryFolder } from '../support/folders.js';

const action = join(root, '.github/actions/emulator');
const execute = promisify(execFile);

async function variablesIn(file: string): Promise<Record<string, string>> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s, 2)));
}

test('a step starts the emulator for later steps of its job, which can call it; its post ends it', async () => {
  const temp = await temporaryFolder();
  const PATH = process.env.PATH ?? '';
  const run = (script: string, environment: Record<string, string>) =>
    execute(process.execPath, [join(action, script)], { env: { PATH, ...environment } });
  const [variables, state] = [join(temp, 'env'), join(temp, 'state')];
  await run('start.mjs', { GITHUB_ENV: variables, GITHUB_STATE: state, RUNNER_TEMP: temp });
  const { pid = '' } = await variablesIn(state);
  const later = await variablesIn(variables);
  expect(Object.keys(later)).toEqual([
    'AWS_ENDPOINT_URL_STS',
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  ]);
  expect((await run('who-am-i.mjs', { ...later, ...keyVariables })).stdout).toBe(`${bot}\n`);
  await run('stop.mjs', { STATE_pid: pid });
  await expect
    .poll(() =>
      run('who-am-i.mjs', { ...later, ...keyVariables }).then(
        () => 'answers',
        () => 'ended',
      ),
    )
    .toBe('ended');
  expect((await run('stop.mjs', { STATE_pid: '2147483646' })).stdout).toContain('had already ended');
});

test('a job with an STS endpoint keeps it', async () => {
  const temp = await temporaryFolder();
  const variables = join(temp, 'env');
  await writeFile(variables, '');
  const env = { PATH: process.env.PATH ?? '', AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9', GITHUB_ENV: variables };
  await execute(process.execPath, [join(action, 'start.mjs')], { env });
  expect(await readFile(variables, 'utf8')).toBe('');
  await execute(process.execPath, [join(action, 'stop.mjs')], { env });
});
