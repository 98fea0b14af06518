import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Emulator } from '../../../emulator/server/emulator.js';
import type { PolicyDocument, WorldDocument } from '../../../emulator/world/world.js';
import { production } from '../example-world.js';
import { temporaryFolder } from '../folders.js';
import { openStage, type Stage } from '../stage.js';
import { botKeys, type Keys } from '../sts-client.js';
import { addRole, trusting } from '../world-roles.js';
import type { MachineCase } from './machine-case.js';
import { type SetUp, setUp } from './set-up.js';

/** An address where nothing listens. */
const nowhere = 'http://127.0.0.1:9';

/** A role that every caller may assume, and that no machine has. */
export const openRole = 'arn:aws:iam::444444444444:role/anybody';

/** A job without an ID token and Region on a machine of the table. */
export async function openMachine(machine: MachineCase): Promise<Stage> {
  const home = await temporaryFolder('machine');
  const issued = new Map<string, Keys>([['bot', botKeys]]);
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
  const stage = await openStage({ idToken: false, region: false, change: addOpenRole, environment, job: { home } });
  for (const { secretAccessKey, sessionToken } of issued.values()) {
    stage.job.addSecrets(secretAccessKey, ...(sessionToken === undefined ? [] : [sessionToken]));
  }
  return stage;
}

function addOpenRole(world: WorldDocument): void {
  const Statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' } as const;
  const policy: PolicyDocument = { Version: '2012-10-17', Statement };
  for (const { roles = {}, users = {} } of Object.values(world.accounts)) {
    for (const principal of [...Object.values(roles), ...Object.values(users)]) {
      principal.policies = [...(principal.policies ?? []), policy];
    }
  }
  addRole(world, openRole, trusting('*'));
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
