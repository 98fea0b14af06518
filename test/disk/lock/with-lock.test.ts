import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { FileProblem } from '../../../src/disk/files/file-problem.js';
import { watchLocks } from '../../../src/disk/lock/lock-file.js';
import { withLock } from '../../../src/disk/lock/with-lock.js';
import { bundle, ended, says, start } from '../../support/processes.js';

const posix = process.platform !== 'win32';
let home: string;
let scripts: string;
let lock: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'lock-'));
  scripts = await mkdtemp(join(tmpdir(), 'lock-scripts-'));
  lock = join(home, 'config.lock');
});
afterEach(async () => {
  for (const folder of [home, scripts]) {
    await rm(folder, { recursive: true, force: true });
  }
});

const counting = (counter: string, times: number, atTheEnd = '') => `import { withLock } from './with-lock.mjs';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
const lock = ${JSON.stringify(lock)};
for (let i = 0; i < ${times}; i += 1) {
  await withLock(lock, { timeoutMs: 60_000 }, async () => {
    const seen = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'));
    await sleep(Math.random() * 3);
    writeFileSync(${JSON.stringify(counter)}, String(seen + 1));
    ${atTheEnd}
  });
}`;

// Simulates an owner that died here: no process has an ID this large.
const dying = `
    const owner = JSON.parse(readFileSync(lock, 'utf8'));
    writeFileSync(lock, JSON.stringify({ ...owner, token: randomUUID(), pid: 2 ** 30 }));`;

const holding = () => `import { withLock } from './with-lock.mjs';
await withLock(${JSON.stringify(lock)}, {}, async () => {
  console.log('held');
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});`;

const lockOf = (pid: number, host: string) =>
  JSON.stringify({ token: '00000000-0000-4000-8000-000000000000', pid, host });

describe('a lock', () => {
  it('lets one process in at a time', async () => {
    await bundle(scripts, 'lock/with-lock');
    const counter = join(home, 'counter');
    await writeFile(counter, '0');
    const children = await Promise.all([...'abcdefgh'].map((name) => start(scripts, name, counting(counter, 25))));
    expect(await Promise.all(children.map(ended))).toEqual(Array(8).fill(0));
    expect(await readFile(counter, 'utf8')).toBe('200');
    expect(await readdir(home)).toEqual(['counter']);
  }, 90_000);

  it('lets only one of many waiters take over from a killed owner', async () => {
    await bundle(scripts, 'lock/with-lock');
    const counter = join(home, 'counter');
    await writeFile(counter, '0');
    const owner = await start(scripts, 'owner', holding());
    expect(await says(owner)).toContain('held');
    const children = await Promise.all([...'abcd'].map((name) => start(scripts, name, counting(counter, 5))));
    await sleep(1000);
    expect(await readFile(counter, 'utf8')).toBe('0');
    owner.kill('SIGKILL');
    expect(await Promise.all(children.map(ended))).toEqual(Array(4).fill(0));
    expect(await readFile(counter, 'utf8')).toBe('20');
    expect(await readdir(home)).toEqual(['counter']);
  }, 60_000);

  it('admits only one process however many owners die', async () => {
    await bundle(scripts, 'lock/with-lock');
    const counter = join(home, 'counter');
    await writeFile(counter, '0');
    const script = counting(counter, 25, dying);
    const children = await Promise.all([...'abcdefgh'].map((name) => start(scripts, name, script)));
    expect(await Promise.all(children.map(ended))).toEqual(Array(8).fill(0));
    expect(await readFile(counter, 'utf8')).toBe('200');
    await withLock(lock, {}, async () => undefined);
    expect(await readdir(home)).toEqual(['counter']);
  }, 90_000);

  it('admits one caller at a time within a process', async () => {
    let inside = 0;
    let most = 0;
    for (const left of [undefined, '', 'not json', lockOf(1, 'elsewhere')]) {
      if (left !== undefined) {
        await writeFile(lock, left);
      }
      const enter = () =>
        withLock(lock, { staleMs: 200 }, async () => {
          inside += 1;
          most = Math.max(most, inside);
          await sleep(2);
          inside -= 1;
        });
      await Promise.all(Array.from({ length: 10 }, enter));
      expect([most, await readdir(home)]).toEqual([1, []]);
    }
  });

  it('can be taken after a process died while removing it', async () => {
    await writeFile(lock, lockOf(1, 'elsewhere'));
    await writeFile(`${lock}.00000000`, lockOf(2, 'elsewhere'));
    expect(await withLock(lock, { staleMs: 100, timeoutMs: 5000 }, async () => 'in')).toBe('in');
    expect(await readdir(home)).toEqual([]);
  });

  it('is not taken from an owner with a heartbeat, even if its clock is wrong', async () => {
    await writeFile(lock, lockOf(1, 'elsewhere'));
    // Old when first seen, so that a quarter of `staleMs` would be enough without these heartbeats.
    await utimes(lock, 1e6, 1e6);
    let beats = 0;
    const heart = setInterval(() => {
      beats += 1;
      void utimes(lock, beats, beats);
    }, 50);
    onTestFinished(() => clearInterval(heart));
    const waiting = withLock(lock, { staleMs: 4_000, timeoutMs: 1_500 }, async () => undefined);
    await expect(waiting).rejects.toThrow(FileProblem);
  });

  it('is taken over soon if the heartbeat of a killed owner is old already', async () => {
    await writeFile(lock, lockOf(1, 'elsewhere'));
    await utimes(lock, 1, 1);
    const started = performance.now();
    expect(await withLock(lock, { staleMs: 3200 }, () => 'in')).toBe('in');
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('counts the time for which it was watched before', async () => {
    await writeFile(lock, lockOf(1, 'elsewhere'));
    const seen = watchLocks([lock, join(home, 'none')]);
    await sleep(1050);
    const started = performance.now();
    expect(await withLock(lock, { staleMs: 1000, seen }, () => 'in')).toBe('in');
    expect(performance.now() - started).toBeLessThan(900);
  });

  it('updates its own heartbeat while the action runs', async () => {
    const long = withLock(lock, { staleMs: 200 }, async () => {
      // Simulates an owner on another machine: only its heartbeat shows that it lives.
      const owner = JSON.parse(await readFile(lock, 'utf8'));
      await writeFile(lock, JSON.stringify({ ...owner, host: 'elsewhere' }));
      await sleep(800);
      return performance.now();
    });
    await sleep(50);
    const second = withLock(lock, { staleMs: 200 }, async () => performance.now());
    expect(await second).toBeGreaterThan(await long);
  });

  it('names the lock file and its owner after the timeout', async () => {
    const held = withLock(lock, {}, () => sleep(500));
    await sleep(50);
    const waiting = withLock(lock, { timeoutMs: 100 }, async () => undefined);
    await expect(waiting).rejects.toThrow(`process ${process.pid} on ${hostname()}`);
    await expect(waiting).rejects.toThrow(lock);
    await held;
  });

  it('is released even if no file can be created next to it', async () => {
    await withLock(lock, {}, async () => {
      const { token } = JSON.parse(await readFile(lock, 'utf8'));
      await mkdir(`${lock}.${token.slice(0, 8)}`);
    });
    expect(await readdir(home)).not.toContain('config.lock');
  });

  it('is released when the action fails', async () => {
    await expect(withLock(lock, {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await readdir(home)).toEqual([]);
  });

  it('lets its folder be created before each try', async () => {
    const deep = join(home, 'a', 'config.lock');
    let tries = 0;
    const prepare = () => {
      tries += 1;
      if (tries > 1) {
        mkdirSync(join(home, 'a'), { recursive: true });
      }
    };
    expect(await withLock(deep, { prepare }, () => 'in')).toBe('in');
    expect(tries).toBe(2);
  });

  it('does not remove a lock that another process has taken', async () => {
    await withLock(lock, {}, () => writeFile(lock, lockOf(1, 'elsewhere')));
    expect(await readFile(lock, 'utf8')).toBe(lockOf(1, 'elsewhere'));
  });

  const impossible: readonly (readonly [string, (path: string) => Promise<unknown>, string])[] = [
    ['a folder', (path) => mkdir(path), 'is a folder'],
    ['a dangling link', (path) => symlink(join(home, 'nowhere'), path), 'is a symbolic link'],
    ['a link to itself', (path) => symlink(path, path), 'is a symbolic link'],
    ['a socket', (path) => listen(path), 'is not a regular file'],
  ];
  it.runIf(posix).each(impossible)('never waits when %s is in its place', async (_, make, words) => {
    await make(lock);
    const started = performance.now();
    await expect(withLock(lock, { timeoutMs: 5000 }, () => undefined)).rejects.toThrow(words);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('fails at once when its folder cannot contain it', async () => {
    await writeFile(join(home, 'file'), '');
    const started = performance.now();
    for (const place of [join(home, 'file', 'lock'), join(home, 'nowhere', 'lock'), join(home, 'x'.repeat(300))]) {
      await expect(withLock(place, { timeoutMs: 5000 }, () => undefined)).rejects.toThrow(FileProblem);
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('deletes claims that killed processes left, and no others', async () => {
    const { host } = await owner();
    await writeFile(`${lock}.11111111`, lockOf(2 ** 30, host));
    await writeFile(`${lock}.22222222`, lockOf(process.pid, host));
    await writeFile(`${lock}.33333333`, lockOf(2 ** 30, 'elsewhere'));
    await withLock(lock, {}, () => undefined);
    expect((await readdir(home)).sort()).toEqual(['config.lock.22222222', 'config.lock.33333333']);
  });

  async function owner(): Promise<{ host: string }> {
    return withLock(lock, {}, async () => JSON.parse(await readFile(lock, 'utf8')));
  }

  async function listen(path: string): Promise<void> {
    const server = createServer().listen(path);
    await once(server, 'listening');
    onTestFinished(() => void server.close());
  }
});
