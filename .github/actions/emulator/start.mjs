// Starts the emulator as a process that outlives this step, and sets its endpoints for the later steps of the job.
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const { AWS_ENDPOINT_URL_STS, GITHUB_ENV, GITHUB_STATE, RUNNER_TEMP } = process.env;
const repository = join(import.meta.dirname, '../../..');

if (AWS_ENDPOINT_URL_STS) {
  console.log(`The job already has an STS endpoint: ${AWS_ENDPOINT_URL_STS}.`);
} else {
  await start();
}

async function start() {
  if (!existsSync(join(repository, 'node_modules'))) {
    // On Windows npm is a script, which needs a shell.
    execFileSync('npm', ['ci'], { cwd: repository, stdio: 'inherit', shell: process.platform === 'win32' });
  }
  const log = join(RUNNER_TEMP, 'emulator.log');
  const out = openSync(log, 'a');
  const args = ['--import', 'tsx', join('emulator', 'cli.ts'), '--json', '--keep-running'];
  const options = { cwd: repository, detached: true, windowsHide: true, stdio: ['ignore', out, out] };
  const emulator = spawn(process.execPath, args, options);
  emulator.unref();
  appendFileSync(GITHUB_STATE, `pid=${emulator.pid}\n`);

  let lines = [];
  for (const end = Date.now() + 60_000; !lines.some((line) => line.startsWith('listening on')); await sleep(100)) {
    lines = readFileSync(log, 'utf8').split(/\r?\n/);
    if (emulator.exitCode !== null || Date.now() > end) {
      throw new Error(`The emulator did not start:\n${lines.join('\n')}`);
    }
  }
  const variables = JSON.parse(lines.find((line) => line.startsWith('{')));
  const wanted = ['AWS_ENDPOINT_URL_STS', 'ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  for (const name of wanted) {
    appendFileSync(GITHUB_ENV, `${name}=${variables[name]}\n`);
  }
  console.log(`STS and the ID-token endpoint are on ${variables.AWS_ENDPOINT_URL_STS}, in process ${emulator.pid}.`);
}
