import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileProblem } from '../../../src/disk/files/file-problem.js';
import { removeLeftovers } from '../../../src/disk/files/leftovers.js';
import { readIfPresent, removePrivate, writePrivate } from '../../../src/disk/files/private-file.js';
import { ensureFolder, missingFolders, removeFolderIfEmpty } from '../../../src/disk/files/private-folder.js';

const posix = process.platform !== 'win32';
let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'private-file-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe('a private file', () => {
  it('is read back byte for byte, including a byte order mark; an absent one is undefined', async () => {
    const path = join(home, 'config');
    expect(await readIfPresent(path)).toBeUndefined();
    writePrivate(path, '\uFEFFé\r\n𝒳');
    expect(await readIfPresent(path)).toBe('\uFEFFé\r\n𝒳');
    expect(await readdir(home)).toEqual(['config']);
  });

  it('creates the folders that it needs, and removes them', () => {
    const path = join(home, 'a', 'b', 'config');
    expect(missingFolders(join(home, 'a', 'b'))).toEqual([join(home, 'a', 'b'), join(home, 'a')]);
    expect(ensureFolder(join(home, 'a', 'b')).toSorted()).toEqual([join(home, 'a'), join(home, 'a', 'b')]);
    expect(ensureFolder(join(home, 'a', 'b'))).toEqual([]);
    writePrivate(path, 'x');
    expect(removeFolderIfEmpty(join(home, 'a', 'b'))).toBe(false);
    expect([removePrivate(path), removePrivate(path)]).toEqual([true, false]);
    expect([removeFolderIfEmpty(join(home, 'a', 'b')), removeFolderIfEmpty(join(home, 'a'))]).toEqual([true, true]);
  });

  it.runIf(posix)('has mode 0600, or keeps a stricter one', async () => {
    const path = join(home, 'a', 'config');
    ensureFolder(join(home, 'a'));
    writePrivate(path, 'x');
    expect([await mode(path), await mode(join(home, 'a'))]).toEqual(['600', '700']);
    await chmod(path, 0o644);
    writePrivate(path, 'y');
    expect(await mode(path)).toBe('600');
    await chmod(path, 0o400);
    writePrivate(path, 'z');
    expect([await mode(path), await readFile(path, 'utf8')]).toEqual(['400', 'z']);
    writePrivate(path, 'z', { mode: 0o644 });
    expect(await mode(path)).toBe('644');
  });

  it.runIf(posix)('is never a symlink', async () => {
    const [target, link] = [join(home, 'target'), join(home, 'link')];
    await writeFile(target, 'theirs');
    await symlink(target, link);
    await expect(readIfPresent(link)).rejects.toThrow(FileProblem);
    expect(() => writePrivate(link, 'ours')).toThrow('is a symbolic link');
    expect(await readFile(target, 'utf8')).toBe('theirs');
    expect(removePrivate(link)).toBe(true);
    expect((await lstat(target)).isFile()).toBe(true);
  });

  it.runIf(posix)('is never in a folder that is a symlink, dangling or not', async () => {
    await mkdir(join(home, 'real'));
    await symlink(join(home, 'real'), join(home, 'linked'));
    await symlink(join(home, 'nowhere'), join(home, 'dangling'));
    expect(() => ensureFolder(join(home, 'linked'))).toThrow('is a symbolic link');
    expect(() => ensureFolder(join(home, 'dangling'))).toThrow('is a symbolic link');
    expect(() => ensureFolder(join(home, 'dangling', 'deeper'))).toThrow(FileProblem);
    expect(await readdir(join(home, 'real'))).toEqual([]);
  });

  it('is never a folder, nor below a file', async () => {
    await mkdir(join(home, 'folder'));
    await writeFile(join(home, 'file'), '');
    expect(() => writePrivate(join(home, 'folder'), 'x')).toThrow('is a folder');
    await expect(readIfPresent(join(home, 'folder'))).rejects.toThrow('is a folder');
    expect(() => writePrivate(join(home, 'file', 'config'), 'x')).toThrow(FileProblem);
  });

  it('is UTF-8, or an error that does not show its content', async () => {
    const path = join(home, 'config');
    await writeFile(path, Buffer.from('secret \xe9', 'latin1'));
    await expect(readIfPresent(path)).rejects.toThrow(/^(?!.*secret).*not UTF-8/);
  });

  it('writing deletes what a killed writer left, and nothing else', async () => {
    const left = ['.config.0123456789abcdef.assume-role-tmp', '.other.0123456789abcdef.assume-role-tmp', '.config.bak'];
    for (const name of left) {
      await writeFile(join(home, name), 'x');
    }
    removeLeftovers(join(home, 'config'));
    expect((await readdir(home)).sort()).toEqual(['.config.bak', '.other.0123456789abcdef.assume-role-tmp']);
  });
});
