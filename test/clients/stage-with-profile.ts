import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { production } from '../support/example-world.js';
import { homeWith } from '../support/folders.js';
import { openStage, type Stage, type StageOptions } from '../support/stage.js';

/** A job whose home folder has a profile `theirs` with another identity. */
export async function openStageWithProfile(environment: StageOptions['environment'] = {}): Promise<Stage> {
  const home = await homeWith({});
  const stage = await openStage({ environment, job: { home } });
  const { accessKeyId, secretAccessKey, sessionToken } = stage.emulator.issue(production, { sessionName: 'profile' });
  const section = [
    '[theirs]',
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
    `aws_session_token = ${sessionToken}`,
  ];
  await writeFile(join(home, '.aws', 'config'), '[profile theirs]\nregion = eu-north-1\n', { mode: 0o600 });
  await writeFile(join(home, '.aws', 'credentials'), `${section.join('\n')}\n`, { mode: 0o600 });
  return stage;
}
