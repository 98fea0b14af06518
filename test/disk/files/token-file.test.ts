import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileProblem } from '../../../src/disk/files/file-problem.js';
import { readTokenFile } from '../../../src/disk/files/token-file.js';

const posix = process.platform !== 'win32';
let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'token-file-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function file(name: string, content: string): Promise<string> {
  const path = join(home, name);
  await writeFile(path, content);
  return path;
}

describe('a token file', () => {
  it('is read without its trailing newline', async () => {
    expect(await readTokenFile(await file('token', 'a.b.c\n'))).toBe('a.b.c');
    expect(await readTokenFile(await file('token', 'a.b.c\r\n'))).toBe('a.b.c');
    expect(await readTokenFile(await file('token', 'a.b.c'))).toBe('a.b.c');
  });

  it('may be as large as AWS accepts and no larger', async () => {
    const full = 'x'.repeat(20_000);
    expect(await readTokenFile(await file('token', `${full}\r\n`))).toBe(full);
    await expect(readTokenFile(await file('token', `${full}x`))).rejects.toThrow(/^(?!.*xxx).*larger than 20000 bytes/);
    await expect(readTokenFile(await file('token', `${full}${full}`))).rejects.toThrow('larger');
    expect(await readTokenFile(await file('saml', `${full}x`), 100_000)).toHaveLength(20_001);
  });

  it('must exist, be a regular file, and not be empty', async () => {
    await expect(readTokenFile(join(home, 'absent'))).rejects.toThrow('does not exist');
    await expect(readTokenFile(home)).rejects.toThrow('is a folder');
    await expect(readTokenFile(await file('token', '\n'))).rejects.toThrow('is empty');
    await expect(readTokenFile(join(home, 'absent'))).rejects.toBeInstanceOf(FileProblem);
  });

  it.runIf(posix)('may be a link, as the kubelet projects tokens', async () => {
    const timestamp = '..2025_01_01_00_00_00.1';
    await mkdir(join(home, timestamp));
    await file(join(timestamp, 'token'), 'projected\n');
    await symlink(timestamp, join(home, '..data'));
    await symlink(join('..data', 'token'), join(home, 'token'));
    expect(await readTokenFile(join(home, 'token'))).toBe('projected');
  });

  it.runIf(posix)('may be a link to another folder, as for mounted secrets', async () => {
    await file('secret', 'theirs');
    await mkdir(join(home, 'inner'));
    await symlink(join('..', 'secret'), join(home, 'inner', 'token'));
    await expect(readTokenFile(join(home, 'inner', 'token'))).resolves.toBe('theirs');
  });

  it.runIf(posix)('that a dangling link names is reported', async () => {
    await symlink('nowhere', join(home, 'dangling'));
    await expect(readTokenFile(join(home, 'dangling'))).rejects.toThrow('to a file that does not exist');
  });
});
