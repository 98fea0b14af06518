/** What system error codes mean. https://nodejs.org/api/errors.html#common-system-errors */
const words: Readonly<Record<string, string>> = {
  EACCES: 'this user has no permission',
  EPERM: 'the system does not permit it',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a symbolic link, or symbolic links are circular',
  ENAMETOOLONG: 'the path is too long',
  EROFS: 'it is on a read-only file system',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this user is used up',
  EFBIG: 'the file would be too large',
  EIO: 'the disk failed',
  EBUSY: 'something else uses it',
  EMFILE: 'this process has too many files open',
  ENFILE: 'this machine has too many files open',
  ENXIO: 'no process serves this pipe or device',
  ESTALE: 'its network share is no longer available',
};

/** Error codes of a path that is invalid for every user. */
const ofPath = new Set(['ENOTDIR', 'ELOOP', 'ENAMETOOLONG']);

/** Describes a system error: `the disk is full (ENOSPC)`. */
export function systemErrorText(code: string | undefined): string {
  const known = code === undefined ? undefined : words[code];
  return known === undefined ? (code ?? 'unknown error') : `${known} (${code})`;
}

/** Whether an error is about the path (too long, a loop of links, a file as folder), not about the file at its end. */
export function isPathError(code: string | undefined): boolean {
  return code !== undefined && ofPath.has(code);
}
