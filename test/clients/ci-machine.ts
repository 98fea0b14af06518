import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { PolicyStatement } from '../../emulator/world/world.js';
import { blocksUnder, readPage } from '../support/page-blocks.js';
import { startExample } from '../support/start-example.js';
import { tokenOf, trustOf } from './ci-systems.js';

const page = readPage('other-ci.md');

type Variables = Readonly<Record<string, string>>;

/** A machine with a checkout of the repository and an empty environment. */
export async function openMachine() {
  const folder = await mkdtemp(join(tmpdir(), 'other-ci-'));
  const emulator = await startExample();
  onTestFinished(async () => {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  });
  const write = async (path: string, text: string, mode = 0o600) => {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
    await chmod(join(folder, path), mode);
    return join(folder, path);
  };
  const [temp, home, programs] = [join(folder, 'temp'), join(folder, 'home'), join(folder, 'programs')];
  for (const path of [temp, home]) {
    await mkdir(path);
  }
  await write('ci/aws-roles.ini', blocksUnder(page, 'The file', 'ini')[0]);
  await write('ci/aws-roles.sh', blocksUnder(page, 'The start', 'sh')[0]);
  const token = (name: string, claims = {}) =>
    emulator.idToken({ ...tokenOf(name), sub: tokenOf(name).sub.replaceAll('*', 'some-part'), ...claims });
  return {
    folder,
    temp,
    write,
    token,
    addProgram: (name: string, script: string) => write(`programs/${name}`, `#!/bin/sh\n${script}\n`, 0o700),
    /** Adds the page's trust policy for a CI system to the hub role, and returns an ID token of its job. */
    trust: (name: string) => {
      const account = emulator.world.accounts['111111111111'];
      account?.oidcProviders?.push({ url: tokenOf(name).iss, clientIds: [tokenOf(name).aud] });
      const statements = account?.roles?.['ci-hub']?.trustPolicy.Statement as PolicyStatement[];
      statements.push(trustOf(name));
      return token(name);
    },
    roles: () =>
      emulator.requests.flatMap(({ parameters: { RoleArn, RoleSessionName } }) =>
        RoleArn === undefined ? [] : [`${RoleArn} as ${RoleSessionName}`],
      ),
    run: (shell: readonly string[], script: string, environment: Variables) =>
      runScript([...shell, '-c', script], folder, {
        ...environment,
        PATH: [programs, process.env.PATH].join(delimiter),
        HOME: home,
        TMPDIR: temp,
        AWS_ENDPOINT_URL_STS: emulator.url,
      }),
  };
}

async function runScript([command = '', ...args]: readonly string[], cwd: string, env: Variables) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const read = async (stream: AsyncIterable<Buffer>) => {
    let text = '';
    for await (const part of stream) {
      text += part.toString();
    }
    return text;
  };
  const [stdout, stderr] = await Promise.all([read(child.stdout), read(child.stderr)]);
  return { stdout, stderr };
}
