import { isPathError, systemWords } from '../domain/input/system-error.js';

/** A file that cannot be read or written as it should be; never holds a file's content. */
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

/** The fact behind a system error for whoever reads the log; a `FileProblem` stays as it is. */
export function asFileProblem(error: unknown, message: string, details: { path: string; fix: string }): FileProblem {
  if (error instanceof FileProblem) {
    return error;
  }
  const code = codeOf(error);
  const fix = isPathError(code) ? 'Check the path.' : details.fix;
  return new FileProblem(`${message}: ${systemWords(code)}.`, { ...details, fix, cause: error });
}

/** The system's code of an error, as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What to do about a file that could not be written. */
export function writeFix(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'Make room on the disk.';
    case 'EROFS':
      return 'Give a path that is not mounted read-only.';
    default:
      return 'Let the user that the job runs as write to its folder.';
  }
}
