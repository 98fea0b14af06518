import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { refuseUnlessRegular } from './regular-file.js';

/**
 * Changes the text of a file in place, where it cannot be replaced: on a full disk, or in a folder without write
 * permission. Writes only the difference, so that a text that only became shorter needs no space.
 */
export function writeInPlace(path: string, text: string): void {
  const file = openSync(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    refuseUnlessRegular(path, fstatSync(file));
    const before = readFileSync(file);
    const after = Buffer.from(text);
    const same = commonStart(before, after);
    const inside = Math.min(before.length, after.length);
    appendRest(file, after, before.length);
    writeAll(file, after.subarray(same, inside), same);
    ftruncateSync(file, after.length);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Writes the bytes beyond the old end of a file. If the disk is full, the file stays unchanged. */
function appendRest(file: number, after: Buffer, end: number): void {
  try {
    writeAll(file, after.subarray(end), end);
  } catch (error) {
    ftruncateSync(file, end);
    throw error;
  }
}

function writeAll(file: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
  }
}

function commonStart(one: Buffer, other: Buffer): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one[at] === other[at]) {
    at += 1;
  }
  return at;
}
