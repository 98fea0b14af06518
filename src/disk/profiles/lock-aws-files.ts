import { type LockOptions, withLock } from '../lock/with-lock.js';
import { lockFileOf } from './profile-files.js';

/** Runs an action under the locks of several AWS files, which are taken in the given order. */
export async function underFileLocks(
  paths: readonly string[],
  { prepare, ...options }: Omit<LockOptions, 'prepare'> & { readonly prepare: (path: string) => void },
  action: () => Promise<void>,
): Promise<void> {
  const [path, ...others] = paths;
  if (path === undefined) {
    await action();
    return;
  }
  await withLock(lockFileOf(path), { ...options, prepare: () => prepare(path) }, () =>
    underFileLocks(others, { ...options, prepare }, action),
  );
}
