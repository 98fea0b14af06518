import { dirname } from 'node:path';
import { FileProblem } from '../files/file-problem.js';
import { isMountPoint } from '../files/mount-point.js';
import { readIfPresent, refuseForeign, regularFile } from '../files/private-file.js';
import { checkWritable, missingFolders } from '../files/private-folder.js';
import { readLock } from '../lock/lock-file.js';
import { fileWrites, lockFileOf, newText, type Profiles } from './profile-files.js';
import { sharedFileRecord } from './shared-file-record.js';

/**
 * Throws a `FileProblem` if `writeProfiles` is certain to fail: because a file or folder cannot be written or replaced,
 * a profile exists, a file has invalid text, or a lock cannot be created.
 */
export async function checkProfiles(request: Profiles): Promise<void> {
  for (const file of await fileWrites(request)) {
    missingFolders(dirname(file.path));
    const text = await readIfPresent(file.path);
    newText(file, text, request.overwrite);
    readLock(lockFileOf(file.path));
    regularFile(sharedFileRecord(file.path));
    checkPlace(file.path);
  }
}

/** Throws a `FileProblem` if a file can be neither created nor replaced. */
function checkPlace(path: string): void {
  const stats = regularFile(path);
  if (stats !== undefined) {
    refuseForeign(path, stats);
  }
  if (stats !== undefined && isMountPoint(path)) {
    const fix = 'Mount its folder instead, or name another file in AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE.';
    throw new FileProblem(`${path} is mounted as a single file, which no new file can replace.`, { path, fix });
  }
  checkWritable(dirname(path));
}
