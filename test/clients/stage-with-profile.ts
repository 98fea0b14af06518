import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { production } from '../support/example-world.js';
import { homeWith } from '../support/folders.js';
import { asProfile } from '../support/issued.js';
import { openStage, type Stage, type StageOptions } from '../support/stage.js';

/** A job whose home folder has a profile `theirs` with another identity. */
export async function openStageWithProfile(environment: StageOptions['environment'] = {}): Promise<Stage> {
  const home = await homeWith({});
  const stage = await openStage({ environment, job: { home } });
  const section = asProfile('theirs', stage.emulator.issue(production, { sessionName: 'profile' }));
  await writeFile(join(home, '.aws', 'config'), '[profile theirs]\nregion = eu-north-1\n', { mode: 0o600 });
  await writeFile(join(home, '.aws', 'credentials'), section, { mode: 0o600 });
  return stage;
}
