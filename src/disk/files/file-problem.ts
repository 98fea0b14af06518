import { isPathError, systemErrorText } from '../../domain/input/system-error.js';

/** The error of a file that cannot be read or written, with its fix; never contains the file's content. */
export class FileProblem extends Error {
  readonly path: string;
  readonly fix: string;

  constructor(message: string, details: { path: string; fix: string; cause?: unknown }) {
    super(message, { cause: details.cause });
    this.name = 'FileProblem';
    this.path = details.path;
    this.fix = details.fix;
  }
}

/** Converts a system error to a `FileProblem`; returns a `FileProblem` unchanged. */
export function asFileProblem(error: unknown, message: string, details: { path: string; fix: string }): FileProblem {
  if (error instanceof FileProblem) {
    return error;
  }
  const code = codeOf(error);
  const fix = isPathError(code) ? 'Check the path.' : details.fix;
  return new FileProblem(`${message}: ${systemErrorText(code)}.`, { ...details, fix, cause: error });
}

/** The system code of an error, for example `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Returns the fix for a file that could not be written, by the system code of the error. */
export function writeFix(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'Make room on the disk.';
    case 'EROFS':
      return 'Give a path that is not mounted read-only.';
    default:
      return 'Allow the user of the job to write to its folder.';
  }
}
