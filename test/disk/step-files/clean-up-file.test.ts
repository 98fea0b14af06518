import { chmod, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecordLost, readRecord, writeRecord } from '../../../src/disk/step-files/clean-up-file.js';

const key = 'a key that only the state has';
const sections = {
  '/home/me/.aws/config': [{ name: 'profile a', ours: 'a'.repeat(64), original: null, newline: '\n', secrets: [] }],
};
let folder: string;
let record: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'record-'));
  record = join(folder, 'undo.json');
  writeRecord(folder, sections, key);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('an undo record', () => {
  it('is read back unchanged', async () => {
    expect(await readRecord(folder, key)).toEqual(sections);
  });

  const spoiled: readonly (readonly [string, (text: string) => Promise<unknown>, RegExp])[] = [
    ['is gone', () => rm(record), /undo\.json is gone/],
    ['is empty', () => writeFile(record, ''), /is not as the step wrote it/],
    [
      'names another file',
      (text) => writeFile(record, text.replace('/home/me', '/etc')),
      /is not as the step wrote it/,
    ],
    ['has a byte more', (text) => writeFile(record, `${text} `), /is not as the step wrote it/],
    ['has a line more', (text) => writeFile(record, `${text}\n{}`), /is not as the step wrote it/],
    ['has no proof', (text) => writeFile(record, text.slice(64)), /is not as the step wrote it/],
    ['is not text', () => writeFile(record, Buffer.from([0xff])), /is not UTF-8/],
    [
      'is a link to a copy',
      async () => {
        await rename(record, join(folder, 'copy'));
        await symlink(join(folder, 'copy'), record);
      },
      /is a symbolic link/,
    ],
  ];
  it.each(spoiled)('is rejected when it %s', async (_, spoil, words) => {
    await spoil(await readFile(record, 'utf8'));
    const reading = readRecord(folder, key);
    await expect(reading).rejects.toThrow(RecordLost);
    await expect(reading).rejects.toThrow(words);
  });

  it('is rejected with another key', async () => {
    await expect(readRecord(folder, `${key}.`)).rejects.toThrow(RecordLost);
  });

  it('may have a stricter mode', async () => {
    await chmod(record, 0o400);
    expect(await readRecord(folder, key)).toEqual(sections);
  });
});
