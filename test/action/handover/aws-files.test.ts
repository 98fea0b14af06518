import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { deploy, hub, production } from '../../support/example-world.js';
import { homeWith } from '../../support/folders.js';
import { chainOf, openStage, type Stage } from '../../support/stage.js';

const chain = { 'role-chain': chainOf(hub, deploy) } as const;
const posix = process.platform !== 'win32';

const openAt = (home: string, environment = {}): Promise<Stage> => openStage({ environment, job: { home } });
const aws = (home: string, name: string) => join(home, '.aws', name);
const read = (home: string, name: string) => readFile(aws(home, name), 'utf8');
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

/** Bind-mounts a file over another, if this user may. Returns whether it did. */
function mountFile(source: string, path: string, options: readonly string[] = []): boolean {
  try {
    execFileSync('mount', ['--bind', ...options, source, path], { stdio: 'ignore' });
    onTestFinished(() => void execFileSync('umount', ['--lazy', path], { stdio: 'ignore' }));
    return true;
  } catch {
    return false;
  }
}

const mayMount = posix && process.getuid?.() === 0 && process.platform === 'linux';

describe.runIf(posix)('AWS files that cannot be written', () => {
  const obstacles: (readonly [string, (home: string) => Promise<unknown>, string])[] = [
    ['a link as config', async (home) => symlink(join(home, 'x'), aws(home, 'config')), 'config is a symbolic link'],
    ['a folder as config', async (home) => mkdir(aws(home, 'config')), 'config is a folder'],
    [
      'a config that is not text',
      async (home) => writeFile(aws(home, 'config'), Buffer.from([0x5b, 0xff])),
      'config is not UTF-8 text',
    ],
    [
      'a file in place of the folder',
      async (home) => {
        await rm(join(home, '.aws'), { recursive: true });
        await writeFile(join(home, '.aws'), '');
      },
      '.aws is not a folder',
    ],
    [
      'a lock that cannot be created',
      async (home) => mkdir(aws(home, 'config.assume-role.lock')),
      'config.assume-role.lock is a folder',
    ],
    [
      'a lock that is a dangling link',
      async (home) => symlink(join(home, 'x'), aws(home, 'config.assume-role.lock')),
      'config.assume-role.lock is a symbolic link',
    ],
  ];
  if (mayMount) {
    const mounted = async (home: string) => {
      await writeFile(join(home, 'mounted'), '# mine\n');
      await writeFile(aws(home, 'config'), '');
      mountFile(join(home, 'mounted'), aws(home, 'config'));
    };
    obstacles.push(['a config that is mounted as a single file', mounted, 'config is mounted as a single file']);
  }

  test.each(obstacles)('fail a step that writes a profile, before any call: %s', async (_, make, words) => {
    const home = await homeWith({});
    await make(home);
    const before = await readdir(home, { recursive: true });
    await (await openAt(home)).refuses({ ...chain, 'aws-profile': 'ours' }, words);
    expect(await readdir(home, { recursive: true })).toEqual(before);
  });

  test.each(obstacles.slice(-3))('never fail a step that exports keys: %s', async (_, make, words) => {
    const home = await homeWith({});
    await make(home);
    const before = await readdir(home, { recursive: true });
    const stage = await openAt(home, { AWS_PROFILE: '' });
    const { log, environmentChanges } = await stage.succeeds(chain);
    expect(environmentChanges).toMatchObject({ AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA/) });
    expect(environmentChanges).not.toHaveProperty('AWS_PROFILE');
    expect(log).toContain(words);
    await stage.finish();
    expect(await readdir(home, { recursive: true })).toEqual(before);
  });

  test('are an error when the profile to overwrite exists twice, but not when another does', async () => {
    const config =
      '[profile a]\nregion=x\n[profile dev]\nregion=x\n[ profile  "dev" ]\nregion=y\n[profile a]\nregion=z';
    const home = await homeWith({ config });
    const overwriting = { ...chain, 'overwrite-aws-profile': 'true' };
    await (await openAt(home)).refuses({ ...overwriting, 'aws-profile': 'dev' }, '[profile dev]', 'more than once');
    const stage = await openAt(home);
    await stage.succeeds({ ...overwriting, 'aws-profile': 'ours' });
    await stage.finish();
    expect(await read(home, 'config')).toBe(config);
  });
});

describe.runIf(posix)('a file that other users can read', () => {
  test.each([0o644, 0o400])(
    'is private while it contains the keys, and has its old mode after post: %d',
    async (mode) => {
      const home = await homeWith({ config: '# mine\n', credentials: '[z]\naws_access_key_id = z\n' }, mode);
      const stage = await openAt(home);
      await stage.succeeds({ ...chain, 'aws-profile': 'ours' });
      expect(await modeOf(aws(home, 'credentials'))).toBe(mode & 0o600);
      await stage.finish();
      expect([await modeOf(aws(home, 'config')), await modeOf(aws(home, 'credentials'))]).toEqual([mode, mode]);
      expect(await read(home, 'credentials')).toBe('[z]\naws_access_key_id = z\n');
      expect((await readdir(join(home, '.aws'))).sort()).toEqual(['config', 'credentials']);
    },
  );

  test('stays private until the last of the jobs that use it has ended', async () => {
    const home = await homeWith({ config: '', credentials: '' }, 0o644);
    const [first, second] = [await openAt(home), await openAt(home)];
    await first.succeeds({ ...chain, 'aws-profile': 'one' });
    await second.succeeds({ ...chain, 'aws-profile': 'two' });
    await first.finish();
    expect(await modeOf(aws(home, 'credentials'))).toBe(0o600);
    await second.finish();
    expect(await modeOf(aws(home, 'credentials'))).toBe(0o644);
  });
});

describe('two jobs with one home that overwrite the same profile', () => {
  const config = '# mine\n[profile dev] # theirs\nregion = eu-west-3\n\n[profile z]\nregion=x';
  const credentials = '[dev]\naws_access_key_id = theirs\naws_secret_access_key = theirs\n[z]\naws_access_key_id=z\n';
  const keys = { 'aws-profile': 'dev', 'overwrite-aws-profile': 'true' } as const;
  const renewing = { refresh: 'true' };
  const cases: readonly (readonly [string, readonly [number, number], readonly [object, object]])[] = [
    ['the first ends first', [0, 1], [{}, {}]],
    ['the second ends first', [1, 0], [{}, {}]],
    ['the first ends first, and the second has a renewing profile', [0, 1], [{}, renewing]],
    ['the second ends first, and the first has a renewing profile', [1, 0], [renewing, {}]],
  ];

  test.each(cases)('restore the original: %s', async (_, ends, inputs) => {
    const home = await homeWith({ config, credentials });
    const stages = [await openAt(home), await openAt(home)] as const;
    await stages[0].succeeds({ ...chain, ...keys, ...inputs[0] });
    await stages[1].succeeds({ 'role-chain': chainOf(hub, production), ...keys, ...inputs[1] });
    const [first, second] = ends;
    await stages[first]?.finish();
    expect(await stages[first]?.job.findSecrets(home), 'the keys of the job that ended').toEqual([]);
    await stages[second]?.finish();
    expect([await read(home, 'config'), await read(home, 'credentials')]).toEqual([config, credentials]);
    expect((await readdir(join(home, '.aws'))).sort()).toEqual(['config', 'credentials']);
  });

  test('leave nothing when the first one created the profile', async () => {
    const home = await homeWith({ config: '', credentials: '' });
    const [first, second] = [await openAt(home), await openAt(home)];
    await first.succeeds({ ...chain, 'aws-profile': 'dev' });
    await second.succeeds({ ...chain, ...keys });
    const [post] = await first.finish();
    expect(post?.log).toContain('overwritten since by another step');
    await second.finish();
    expect([await read(home, 'config'), await read(home, 'credentials')]).toEqual(['', '']);
  });
});
