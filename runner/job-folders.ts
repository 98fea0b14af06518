import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folders of one job. */
export interface JobFolders {
  readonly home: string;
  readonly workspace: string;
  readonly temp: string;
  readonly toolCache: string;
  /** Deletes the folders that were created here, never a given one. */
  readonly remove: () => Promise<void>;
}

/** Creates a temporary folder for each one that is not given. */
export async function createJobFolders(given: {
  readonly home?: string;
  readonly workspace?: string;
  readonly temp?: string;
}): Promise<JobFolders> {
  // The real path, as a process sees it: macOS links its temporary folder, Windows shortens the name.
  const root = await realpath(await mkdtemp(join(tmpdir(), 'runner-')));
  const folders = {
    home: given.home ?? join(root, 'home'),
    workspace: given.workspace ?? join(root, 'work'),
    temp: given.temp ?? join(root, 'temp'),
    toolCache: join(root, 'tools'),
  };
  for (const folder of Object.values(folders)) {
    await mkdir(folder, { recursive: true });
  }
  return { ...folders, remove: () => rm(root, { recursive: true, force: true }) };
}
