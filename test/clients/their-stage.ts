import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { production } from '../support/example-world.js';
import { openStage, type Stage, type StageOptions } from '../support/stage.js';

/** A job whose home folder has a profile `theirs` with another identity. */
export async function openTheirStage(environment: StageOptions['environment'] = {}): Promise<Stage> {
  const home = await mkdtemp(join(tmpdir(), 'home-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const stage = await openStage({ environment, job: { home } });
  const { accessKeyId, secretAccessKey, sessionToken } = stage.emulator.issue(production, { sessionName: 'profile' });
  const section = [
    '[theirs]',
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
    `aws_session_token = ${sessionToken}`,
  ];
  await mkdir(join(home, '.aws'), { mode: 0o700 });
  await writeFile(join(home, '.aws', 'config'), '[profile theirs]\nregion = eu-north-1\n', { mode: 0o600 });
  await writeFile(join(home, '.aws', 'credentials'), `${section.join('\n')}\n`, { mode: 0o600 });
  return stage;
}
