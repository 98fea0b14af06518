import type { FileHandle } from 'node:fs/promises';
import { FileProblem } from './file-problem.js';
import { openLinked } from './linked-file.js';
import { decode } from './regular-file.js';

/**
 * Reads a web identity token or SAML assertion, through symbolic links and without its last newline. Throws a
 * `FileProblem` if the file is missing or empty, or has more than `limitBytes`.
 */
export async function readTokenFile(path: string, limitBytes = 20_000): Promise<string> {
  const file = await openLinked(path);
  if (file === undefined) {
    throw absent(path);
  }
  try {
    const { bytesRead, buffer } = await readUpTo(file, limitBytes + 3);
    const token = decode(path, buffer.subarray(0, bytesRead)).replace(/\r?\n$/, '');
    if (token === '') {
      throw new FileProblem(`${path} is empty.`, { path, fix: 'Wait until the token is in it.' });
    }
    if (Buffer.byteLength(token) <= limitBytes) {
      return token;
    }
    const fix = 'Check that the path names the file with the token.';
    throw new FileProblem(`${path} is larger than ${limitBytes} bytes, the limit of AWS.`, { path, fix });
  } finally {
    await file.close();
  }
}

async function readUpTo(file: FileHandle, size: number): Promise<{ bytesRead: number; buffer: Buffer }> {
  const buffer = Buffer.alloc(size);
  let bytesRead = 0;
  for (let got = -1; got !== 0 && bytesRead < size; bytesRead += got) {
    got = (await file.read(buffer, bytesRead, size - bytesRead)).bytesRead;
  }
  return { bytesRead, buffer };
}

function absent(path: string): FileProblem {
  return new FileProblem(`${path} does not exist.`, {
    path,
    fix: 'Check the path, and check that an earlier step created the file.',
  });
}
