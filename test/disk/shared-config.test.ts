import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ProfilesUndo, restoreProfiles } from '../../src/disk/restore-profiles.js';
import { ProfileExists, type ProfilesWrite, writeProfiles } from '../../src/disk/shared-config.js';
import { ended, start } from '../support/processes.js';

const posix = process.platform !== 'win32';
let home: string;
let folder: string;
let configFile: string;
let credentialsFile: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'shared-config-'));
  folder = join(home, '.aws');
  configFile = join(folder, 'config');
  credentialsFile = join(folder, 'credentials');
});
afterEach(() => rm(home, { recursive: true, force: true }));

const keys = { aws_access_key_id: 'AKIAOURS', aws_secret_access_key: 'hush', aws_session_token: 'hush hush' };
const profile = (name: string) => ({ name, config: { region: 'eu-west-1' }, credentials: keys });
const write = (request: Partial<ProfilesWrite>) =>
  writeProfiles({ configFile, credentialsFile, profiles: [profile('ours')], overwrite: false, ...request });
const throughState = (undo: ProfilesUndo): ProfilesUndo => JSON.parse(JSON.stringify(undo));

async function existing(config: string, credentials: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(configFile, config);
  await writeFile(credentialsFile, credentials);
}
const both = async () => [await readFile(configFile, 'utf8'), await readFile(credentialsFile, 'utf8')];

describe('writing profiles', () => {
  it('makes both files and the folder, private, and takes all of it away again', async () => {
    const undo = await write({});
    expect(await both()).toEqual([
      '[profile ours]\nregion = eu-west-1\n',
      '[ours]\naws_access_key_id = AKIAOURS\naws_secret_access_key = hush\naws_session_token = hush hush\n',
    ]);
    if (posix) expect(((await stat(credentialsFile)).mode & 0o777).toString(8)).toBe('600');
    expect((await readdir(folder)).sort()).toEqual(['config', 'credentials']);
    expect(JSON.stringify(undo)).not.toMatch(/hush|AKIAOURS/);
    const outcomes = await restoreProfiles(throughState(undo));
    expect(outcomes.map(({ section, outcome }) => [section, outcome])).toEqual([
      ['ours', 'restored'],
      ['profile ours', 'restored'],
    ]);
    expect(await readdir(home)).toEqual([]);
  });

  it('is harmless to take back twice', async () => {
    await existing('[default]\nregion=x', '');
    const undo = throughState(await write({}));
    await restoreProfiles(undo);
    expect((await restoreProfiles(undo)).map(({ outcome }) => outcome)).toEqual(['missing', 'missing']);
    expect(await both()).toEqual(['[default]\nregion=x', '']);
  });

  it.each([
    ['config', '[profile b] # mine\nregion=x\n', ''],
    ['credentials', '', '[b]\naws_access_key_id=x\n'],
  ])(
    'refuses a profile that exists only in the %s file, before writing anything',
    async (file, config, credentials) => {
      await existing(config, credentials);
      const writing = write({ profiles: [profile('a'), profile('b')] });
      await expect(writing).rejects.toThrow(ProfileExists);
      await expect(writing).rejects.toMatchObject({ profile: 'b', path: join(folder, file) });
      expect(await both()).toEqual([config, credentials]);
      expect((await readdir(folder)).sort()).toEqual(['config', 'credentials']);
    },
  );

  it('brings overwritten profiles back byte for byte, stale keys of a keyless one included', async () => {
    const config =
      '\uFEFF[default]\r\ns3 =\r\n  x = 1\r\n# note\r\n[profile b]\r\nrole_arn=x ; y\r\n\r\n[profile c]\nz=1';
    const credentials = '[b]\naws_access_key_id=old\naws_secret_access_key=old\n\n# c\n[c]\naws_access_key_id=c';
    await existing(config, credentials);
    const profiles = [{ name: 'b', config: { credential_process: 'node x.js' } }, profile('default')];
    const undo = await write({ profiles, overwrite: true });
    expect((await both())[1]).not.toContain('[b]');
    expect((await both())[0]).toContain(
      '\r\n# note\r\n[profile b]\r\ncredential_process = node x.js\r\n\r\n[profile c]',
    );
    await restoreProfiles(throughState(undo));
    expect(await both()).toEqual([config, credentials]);
  });

  it('records how to undo before it writes', async () => {
    await existing('', '');
    let seen: string[] = [];
    const undo = await write({
      record: async (recorded) => {
        seen = [JSON.stringify(recorded), ...(await both())];
      },
    });
    expect(seen).toEqual([JSON.stringify(undo), '', '']);
  });

  it('leaves nothing when recording fails', async () => {
    const record = () => Promise.reject(new Error('no state'));
    await expect(write({ record })).rejects.toThrow('no state');
    expect(await readdir(home)).toEqual([]);
  });

  it('undoes the first file when the second cannot be written', async () => {
    await existing('[default]\n', '');
    const record = async () => {
      await rm(credentialsFile);
      await mkdir(credentialsFile);
    };
    await expect(write({ record })).rejects.toThrow('is no regular file');
    expect(await readFile(configFile, 'utf8')).toBe('[default]\n');
  });

  it.runIf(posix)('refuses symlinks', async () => {
    await mkdir(folder);
    await writeFile(join(home, 'elsewhere'), '');
    await symlink(join(home, 'elsewhere'), credentialsFile);
    await expect(write({})).rejects.toThrow('is a symbolic link');
    expect(await readdir(folder)).toEqual(['credentials']);
  });

  it('refuses a profile given twice and one file for both', async () => {
    await expect(write({ profiles: [profile('a'), profile('a')] })).rejects.toThrow('given twice');
    await expect(write({ credentialsFile: configFile })).rejects.toThrow('both config and credentials');
  });
});

describe('taking profiles back', () => {
  it('keeps a file somebody else wrote into, even one we made', async () => {
    const undo = throughState(await write({}));
    await writeFile(configFile, '[profile theirs]\n', { flag: 'a' });
    await restoreProfiles(undo);
    expect(await readFile(configFile, 'utf8')).toBe('[profile theirs]\n');
    expect(await readdir(folder)).toEqual(['config']);
  });

  it('takes our keys out of a section somebody changed and says so', async () => {
    const undo = throughState(await write({}));
    await writeFile(credentialsFile, 'region = theirs\n', { flag: 'a' });
    const outcomes = await restoreProfiles(undo);
    expect(outcomes[0]).toEqual({ path: credentialsFile, section: 'ours', outcome: 'changed' });
    expect(await readFile(credentialsFile, 'utf8')).toBe('[ours]\nregion = theirs\n');
  });

  it('reports a file it cannot restore and still restores the other', async () => {
    const undo = throughState(await write({}));
    await rm(credentialsFile);
    await mkdir(credentialsFile);
    const outcomes = await restoreProfiles(undo);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['failed', 'restored']);
    expect(outcomes[0]?.reason).toContain('no regular file');
    expect(await readdir(folder)).toEqual(['credentials']);
  });

  it('does not bring a removed folder back', async () => {
    const undo = throughState(await write({}));
    await rm(folder, { recursive: true });
    expect((await restoreProfiles(undo)).map(({ outcome }) => outcome)).toEqual(['missing', 'missing']);
    expect(await readdir(home)).toEqual([]);
  });
});

const worker = (name: string, rounds: number) => `
import { writeProfiles } from ${JSON.stringify(new URL('../../src/disk/shared-config.ts', import.meta.url).href)};
import { restoreProfiles } from ${JSON.stringify(new URL('../../src/disk/restore-profiles.ts', import.meta.url).href)};
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
const files = ${JSON.stringify({ configFile, credentialsFile })};
for (let i = 0; i < ${rounds}; i += 1) {
  const credentials = { aws_access_key_id: '${name}', aws_secret_access_key: 'hush-' + i };
  const profiles = [{ name: '${name}', config: { region: 'x' + i }, credentials }];
  const undo = await writeProfiles({ ...files, profiles, overwrite: false });
  await sleep(Math.random() * 20);
  if (!readFileSync(files.credentialsFile, 'utf8').includes('aws_access_key_id = ${name}')) process.exit(3);
  const outcomes = await restoreProfiles(JSON.parse(JSON.stringify(undo)));
  if (outcomes.some(({ outcome }) => outcome !== 'restored')) process.exit(4);
}`;

describe('many processes at once', () => {
  it.each([
    ['with', '\n'],
    ['without', ''],
  ])(
    'each find their own profile and leave a file %s a last newline as it was',
    async (_, end) => {
      const config = `\uFEFF[default]\r\nregion = x\r\n# end\r\n[profile z] # keep\ns3 =\n  a = 1${end}`;
      const credentials = `[default]\naws_access_key_id = theirs${end}`;
      await existing(config, credentials);
      const scripts = await mkdtemp(join(home, 'scripts-'));
      const names = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'];
      const children = await Promise.all(names.map((name) => start(scripts, name, worker(name, 6))));
      expect(await Promise.all(children.map(ended))).toEqual(names.map(() => 0));
      expect(await both()).toEqual([config, credentials]);
      expect((await readdir(folder)).sort()).toEqual(['config', 'credentials']);
    },
    60_000,
  );
});
