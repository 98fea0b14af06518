import { type FileHandle, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import { FileProblem } from './file-problem.js';
import { decode, lstatIfPresent, openIfPresent, refuseUnlessRegular } from './regular-file.js';

/**
 * Reads a web identity token or SAML assertion of at most `limitBytes`, without its last newline. A symlink has to stay
 * inside its own folder, as the kubelet's projected tokens do.
 */
export async function readTokenFile(path: string, limitBytes = 20_000): Promise<string> {
  const file = await openIfPresent(await inOwnFolder(path));
  if (file === undefined) throw absent(path);
  try {
    refuseUnlessRegular(path, await file.stat());
    const { bytesRead, buffer } = await readUpTo(file, limitBytes + 3);
    const token = decode(path, buffer.subarray(0, bytesRead)).replace(/\r?\n$/, '');
    if (token === '') throw new FileProblem(`${path} is empty.`, { path, fix: 'Wait until the token is in it.' });
    if (Buffer.byteLength(token) <= limitBytes) return token;
    const fix = 'Check that the path names the file with the token.';
    throw new FileProblem(`${path} is larger than ${limitBytes} bytes, the most AWS takes.`, { path, fix });
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

async function inOwnFolder(path: string): Promise<string> {
  const found = await lstatIfPresent(path);
  if (found === undefined) throw absent(path);
  if (!found.isSymbolicLink()) {
    refuseUnlessRegular(path, found);
    return path;
  }
  const target = await realpath(path).catch(() => undefined);
  if (target === undefined) throw absent(path);
  const inside = relative(await realpath(dirname(path)), target);
  if (!isAbsolute(inside) && inside.split(sep)[0] !== '..') return target;
  const fix = 'Give the path of the file itself.';
  throw new FileProblem(`${path} is a symbolic link out of its own folder.`, { path, fix });
}

function absent(path: string): FileProblem {
  return new FileProblem(`${path} does not exist.`, { path, fix: 'Check the path and that an earlier step made it.' });
}
