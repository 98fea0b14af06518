import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folders of one job. */
export interface JobFolders {
  readonly home: string;
  readonly workspace: string;
  readonly temp: string;
  readonly toolCache: string;
  /** Removes the folders that were made here, never one that was given. */
  readonly remove: () => Promise<void>;
}

/** Makes fresh folders for everything that is not given. */
export async function createJobFolders(given: {
  readonly home?: string;
  readonly workspace?: string;
  readonly temp?: string;
}): Promise<JobFolders> {
  // The name a process sees from inside: macOS links to its temporary folder, Windows shortens its name.
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
