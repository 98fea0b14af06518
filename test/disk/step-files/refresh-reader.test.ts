import { chmod, chown, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCache, readPlan } from '../../../src/disk/step-files/refresh-reader.js';

const posix = process.platform !== 'win32';
const isRoot = process.getuid?.() === 0;
let above: string;
let folder: string;
let plan: string;
beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), 'plans-'));
  folder = join(above, 'step');
  plan = join(folder, 'plan-0.json');
  await mkdir(folder, { mode: 0o700 });
  await writeFile(plan, JSON.stringify({ id: 'x', request: { targets: [{}] }, variables: {} }), { mode: 0o600 });
  const credentials = { accessKeyId: 'a', secretAccessKey: 's', sessionToken: 't' };
  await writeFile(`${plan}.cache`, JSON.stringify({ id: 'x', credentials, expiration: 'e' }), { mode: 0o600 });
});
afterEach(() => rm(above, { recursive: true, force: true }));

async function linkInPlaceOf(path: string): Promise<void> {
  await rename(path, `${path}-real`);
  await symlink(`${path}-real`, path);
}

describe.runIf(posix)('a plan', () => {
  it('is accepted in a sticky folder that all users can write, such as a temporary folder', async () => {
    await chmod(above, 0o1777);
    expect(readPlan(plan).id).toBe('x');
    expect(readCache(plan)?.id).toBe('x');
  });

  const strange: readonly (readonly [string, () => Promise<unknown>, RegExp])[] = [
    ['that others can write', () => chmod(plan, 0o666), /plan \S+ has mode 0666/],
    ['that others can read', () => chmod(plan, 0o640), /plan \S+ has mode 0640/],
    ['in a folder that others can write', () => chmod(folder, 0o777), /folder of the plan, \S+, has mode 0777/],
    ['that is a link', () => linkInPlaceOf(plan), /plan \S+ is a symbolic link/],
    ['in a folder that is a link', () => linkInPlaceOf(folder), /folder of the plan, \S+, is a symbolic link/],
    ['that is far too long', () => writeFile(plan, ' '.repeat(2_000_000)), /plan \S+ has more than 1000000 bytes/],
    ['that is gone', () => rm(plan), /plan \S+ is not there/],
    ['whose folder is gone', () => rm(folder, { recursive: true }), /plan \S+ is not there/],
    [
      'that is a folder',
      async () => {
        await rm(plan);
        await mkdir(plan, { mode: 0o700 });
      },
      /plan \S+ is not a regular file/,
    ],
  ];

  it.each(strange)('is rejected with the reason: %s', async (_, spoil, words) => {
    await spoil();
    expect(() => readPlan(plan)).toThrow(words);
  });

  it.runIf(isRoot)('is rejected when another user owns it, except for root through sudo by that user', async () => {
    await chown(folder, 12_345, 12_345);
    await chown(plan, 12_345, 12_345);
    expect(() => readPlan(plan)).toThrow(/belongs to user 12345, and this is user 0/);
    expect(() => readPlan(plan, '1')).toThrow(/belongs to user 12345/);
    expect(readPlan(plan, '12345').id).toBe('x');
    await chown(folder, 0, 0);
    expect(() => readPlan(plan)).toThrow(/plan \S+ belongs to user 12345/);
  });

  it.each<readonly [string, (cache: string) => Promise<unknown>]>([
    ['others can write', (cache) => chmod(cache, 0o666)],
    ['is a link', (cache) => linkInPlaceOf(cache)],
  ])('ignores a cache that %s', async (_, spoil) => {
    await spoil(`${plan}.cache`);
    expect(readCache(plan)).toBeUndefined();
  });
});
