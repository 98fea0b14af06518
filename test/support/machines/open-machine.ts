import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Emulator } from '../../../emulator/server/start-emulator.js';
import { keys, production } from '../example-world.js';
import { openStage, type Stage } from '../stage.js';
import type { MachineCase } from './machine-case.js';
import { type Keys, type SetUp, setUp } from './set-up.js';

/** An address where nothing listens. */
const nowhere = 'http://127.0.0.1:9';

const bot: Keys = { accessKeyId: keys['aws-access-key-id'], secretAccessKey: keys['aws-secret-access-key'] };

/** A job on a machine of the table, by default without an ID token. */
export async function openMachine(machine: MachineCase, idToken = false): Promise<Stage> {
  const home = await mkdtemp(join(tmpdir(), 'machine-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const issued = new Map<string, Keys>([['bot', bot]]);
  const environment = async (emulator: Emulator) => {
    const keysOf = (name: string): Keys => {
      const made = issued.get(name) ?? emulator.issue(production, { sessionName: name });
      issued.set(name, made);
      return made;
    };
    const { containerEnvironment: containerVariables, url: metadata } = emulator;
    const made = setUp(machine, { home, keysOf, containerVariables, metadata, nowhere });
    await writeFiles(home, made, machine);
    await writeFile(join(home, 'token'), await emulator.idToken());
    return made.variables;
  };
  const stage = await openStage({ idToken, environment, job: { home } });
  for (const { secretAccessKey, sessionToken } of issued.values()) {
    stage.job.addSecrets(secretAccessKey, ...(sessionToken === undefined ? [] : [sessionToken]));
  }
  return stage;
}

async function writeFiles(
  home: string,
  { config, credentials, files }: SetUp,
  { isLinked }: MachineCase,
): Promise<void> {
  const folder = join(home, isLinked ? 'mounted' : '.aws');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await mkdir(join(home, '.aws'), { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries({ config, credentials })) {
    if (text === undefined) {
      continue;
    }
    const bytes = text.startsWith('@latin1') ? Buffer.from(text.slice('@latin1'.length), 'latin1') : text;
    await writeFile(join(folder, name), bytes, { mode: 0o600 });
    if (isLinked) {
      await symlink(join('..', 'mounted', name), join(home, '.aws', name));
    }
  }
  for (const [path, text] of Object.entries(files)) {
    await writeFile(path, text);
  }
}
