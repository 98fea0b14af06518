import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { actionNode, postFile } from '../../support/entry-points.js';
import { deploy, hub } from '../../support/example-world.js';
import { homeWith } from '../../support/folders.js';
import { chainOf, openStage, type Stage } from '../../support/stage.js';

/** Mounts a small file system, if this user may. Returns its folder. */
function mountSmall(kilobytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
}

function unmount(folder: string): void {
  execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' });
  rmSync(folder, { recursive: true, force: true });
}

const probe = process.platform === 'linux' ? mountSmall(64) : undefined;
if (probe !== undefined) {
  unmount(probe);
}

const config = '# mine\n[profile z]\nregion = x\n';
const credentials = `[dev]\naws_access_key_id = theirs\naws_secret_access_key = ${'s'.repeat(6000)}\n[z]\naws_access_key_id = z\n`;

const many = Array.from({ length: 60 }, (_, at) => `ours-${at}: [${hub}, ${deploy}]`).join('\n');

interface SmallDisk {
  readonly stage: Stage;
  readonly home: string;
  /** Fills the disk, except for a number of bytes. */
  readonly fill: (spare?: number) => Promise<void>;
}

/** A job whose home and temporary folder are on a disk of one megabyte. */
async function openOnSmallDisk(): Promise<SmallDisk> {
  const disk = mountSmall(1024) ?? '';
  onTestFinished(() => unmount(disk));
  const [home, temp] = [join(disk, 'home'), join(disk, 'temp')];
  await mkdir(join(home, '.aws'), { recursive: true });
  await mkdir(temp);
  await writeFile(join(home, '.aws', 'config'), config);
  await writeFile(join(home, '.aws', 'credentials'), credentials);
  const stage = await openStage({ job: { home, temp } });
  const fill = async (spare = 0) => {
    await writeFile(join(disk, 'spare'), Buffer.alloc(spare));
    for (const size of [65_536, 4096, 1]) {
      const chunk = Buffer.alloc(size);
      for (let isFull = false; !isFull; ) {
        isFull = await appendFile(join(disk, 'filling'), chunk).then(
          () => false,
          () => true,
        );
      }
    }
    rmSync(join(disk, 'spare'));
  };
  return { stage, home, fill };
}

const chain = { 'role-chain': chainOf(hub, deploy) } as const;
const read = (home: string, name: string) => readFile(join(home, '.aws', name), 'utf8');

describe.runIf(probe !== undefined)('on a full disk', () => {
  test('post removes a profile, which needs no space', async () => {
    const { stage, home, fill } = await openOnSmallDisk();
    await stage.succeeds({ ...chain, 'aws-profile': 'ours' });
    await fill();
    await stage.finish();
    expect([await read(home, 'config'), await read(home, 'credentials')]).toEqual([config, credentials]);
    expect((await readdir(join(home, '.aws'))).sort()).toEqual(['config', 'credentials']);
  });

  test('post removes the keys from an overwritten profile, and says where the original is', async () => {
    const { stage, home, fill } = await openOnSmallDisk();
    await stage.succeeds({ ...chain, 'aws-profile': 'dev', 'overwrite-aws-profile': 'true' });
    await fill();
    const [post] = await stage.finish();
    expect(await stage.job.findSecrets(home)).toEqual([]);
    const record = `${join(home, '.aws', 'credentials')}.assume-role.json`;
    expect(post?.log).toContain(`the previous content is in ${record}`);
    expect(await readFile(record, 'utf8')).toContain('s'.repeat(6000));
    expect(await read(home, 'credentials')).toBe('[z]\naws_access_key_id = z\n');
  });

  test('post removes refresh plans and cached sessions', async () => {
    const { stage, home, fill } = await openOnSmallDisk();
    await stage.succeeds({ ...chain, refresh: 'true' });
    await fill();
    await stage.finish();
    expect(await readdir(stage.job.folders.temp)).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/^assume-role-/)]),
    );
    expect(await stage.job.findSecrets(stage.job.folders.temp)).toEqual([]);
    expect(await read(home, 'config')).toBe(config);
  });

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ['keys', {}],
    ['a profile', { 'aws-profile': 'ours' }],
    ['an overwritten profile', { 'aws-profile': 'dev', 'overwrite-aws-profile': 'true' }],
    ['a renewing profile', { refresh: 'true' }],
    ['more profiles than the state has room for', { 'role-chain': '', targets: many }],
  ])('main hands over nothing of %s, and says why', async (_, inputs) => {
    const { stage, home, fill } = await openOnSmallDisk();
    await fill();
    const step = await stage.fails({ ...chain, ...inputs, 'job-summary': 'false' });
    expect(step.log).toContain('ENOSPC');
    expect([await read(home, 'config'), await read(home, 'credentials')]).toEqual([config, credentials]);
    expect(await stage.job.findSecrets(stage.job.folders.temp)).toEqual([]);
    await stage.finish();
    expect((await readdir(stage.job.folders.temp)).filter((name) => !name.startsWith('_'))).toEqual([]);
  });

  test.each<readonly [number, string, Readonly<Record<string, string>>]>([
    [8192, 'a profile', { 'aws-profile': 'ours' }],
    [16_384, 'more profiles than the state has room for', { 'role-chain': '', targets: many }],
  ])('with %i bytes left, main and post leave neither a lock nor a folder of %s', async (spare, _, inputs) => {
    const { stage, home, fill } = await openOnSmallDisk();
    await fill(spare);
    await stage.run({ ...chain, ...inputs, 'job-summary': 'false' });
    await stage.finish();
    expect((await readdir(join(home, '.aws'))).sort()).toEqual(['config', 'credentials']);
    expect((await readdir(stage.job.folders.temp)).filter((name) => !name.startsWith('_'))).toEqual([]);
  });
});

test.runIf(process.platform === 'linux')(
  'when no byte can be written, post truncates the file before its profile',
  async () => {
    const home = await homeWith({ credentials });
    const stage = await openStage({ job: { home } });
    const { state } = await stage.succeeds({ ...chain, 'aws-profile': 'ours', 'output-env-credentials': 'true' });
    // A file size limit of 0 prevents every write, but not truncation.
    const script = `trap '' XFSZ; ulimit -f 0; exec "$NODE" "${postFile}"`;
    const env = { NODE: actionNode, 'STATE_clean-up': state['clean-up'] ?? '' };
    const { exitCode, log } = await stage.job.run({ command: 'env', args: ['bash', '-c', script] }, { env });
    expect({ exitCode, log }).toMatchObject({ exitCode: 0, log: expect.stringContaining('Not restored: AWS_') });
    expect(await read(home, 'credentials')).toBe(credentials);
  },
);
