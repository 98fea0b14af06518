import { readFileSync, realpathSync } from 'node:fs';

/**
 * Whether a file is itself a mount, as with `docker run -v file:file`: it can be read and written, but not replaced.
 * Always false on systems other than Linux.
 */
export function isMountPoint(path: string): boolean {
  try {
    const real = realpathSync(path);
    return readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .some((line) => unescaped(line.split(' ')[4] ?? '') === real);
  } catch {
    return false;
  }
}

/** Decodes a path of mountinfo: the kernel escapes blanks, tabs, newlines and backslashes as three octal digits. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));
}
