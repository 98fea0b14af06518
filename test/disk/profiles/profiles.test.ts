import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProfileExists } from '../../../src/disk/profiles/profile-files.js';
import { restoreProfiles } from '../../../src/disk/profiles/restore-profiles.js';
import { filesToWrite, type ProfilesWrite, writeProfiles } from '../../../src/disk/profiles/write-profiles.js';
import type { FileUndo } from '../../../src/domain/undo/clean-up.js';
import { bundle, ended, start } from '../../support/processes.js';

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
/** The undo record of a step, as the runner returns it. */
interface Written {
  readonly step: string;
  files: readonly FileUndo[];
}
const requested = (request: Partial<ProfilesWrite>) => ({
  configFile,
  credentialsFile,
  profiles: [profile('ours')],
  overwrite: false,
  ...request,
});
async function write(request: Partial<ProfilesWrite>, step = 'a step'): Promise<Written> {
  const files = await filesToWrite(requested(request));
  const written: Written = { step, files };
  const record = (changed: readonly FileUndo[]) => {
    written.files = JSON.parse(JSON.stringify(changed));
    request.record?.(changed);
  };
  await writeProfiles({ ...requested(request), step, files, record });
  return written;
}

async function existing(config: string, credentials: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(configFile, config);
  await writeFile(credentialsFile, credentials);
}
const both = async () => [await readFile(configFile, 'utf8'), await readFile(credentialsFile, 'utf8')];

describe('writing profiles', () => {
  it('creates both files and the folder, private, and undo removes all of it', async () => {
    const undo = await write({});
    expect(await both()).toEqual([
      '[profile ours]\nregion = eu-west-1\n',
      '[ours]\naws_access_key_id = AKIAOURS\naws_secret_access_key = hush\naws_session_token = hush hush\n',
    ]);
    if (posix) {
      expect(((await stat(credentialsFile)).mode & 0o777).toString(8)).toBe('600');
    }
    const records = ['config.assume-role.json', 'credentials.assume-role.json'];
    expect((await readdir(folder)).sort()).toEqual(['config', 'credentials', ...records].sort());
    expect(JSON.stringify(undo)).not.toMatch(/hush|AKIAOURS/);
    const outcomes = await restoreProfiles(undo);
    expect(outcomes.map(({ section, outcome }) => [section, outcome])).toEqual([
      ['ours', 'restored'],
      ['profile ours', 'restored'],
    ]);
    expect(await readdir(home)).toEqual([]);
  });

  it.each([
    ['one', 'two'],
    ['two', 'one'],
  ])('of two steps leaves nothing in an empty home folder, if %s is undone first', async (first, second) => {
    const steps: Record<string, Written> = {};
    for (const name of ['one', 'two']) {
      steps[name] = await write({ profiles: [profile(name)] }, name);
    }
    await restoreProfiles(steps[first] as Written);
    expect((await both()).join('')).toMatch(new RegExp(`^\\[profile ${second}\\][^\\[]*\\[${second}\\][^\\[]*$`));
    await restoreProfiles(steps[second] as Written);
    expect(await readdir(home)).toEqual([]);
  });

  it('can be undone twice', async () => {
    await existing('[default]\nregion=x', '');
    const undo = await write({});
    await restoreProfiles(undo);
    expect((await restoreProfiles(undo)).map(({ outcome }) => outcome)).toEqual(['missing', 'missing']);
    expect(await both()).toEqual(['[default]\nregion=x', '']);
  });

  it.each([
    ['config', '[profile b] # mine\nregion=x\n', ''],
    ['credentials', '', '[b]\naws_access_key_id=x\n'],
  ])(
    'rejects a profile that exists only in the %s file, before writing anything',
    async (file, config, credentials) => {
      await existing(config, credentials);
      const writing = write({ profiles: [profile('a'), profile('b')] });
      await expect(writing).rejects.toThrow(ProfileExists);
      await expect(writing).rejects.toMatchObject({ profile: 'b', path: join(folder, file) });
      expect(await both()).toEqual([config, credentials]);
      expect((await readdir(folder)).sort()).toEqual(['config', 'credentials']);
    },
  );

  it('restores overwritten profiles byte for byte, including stale keys of a profile without keys', async () => {
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
    await restoreProfiles(undo);
    expect(await both()).toEqual([config, credentials]);
  });

  const surroundings: readonly (readonly [string, string, string])[] = [
    ['comments', '# mine\n[profile prod]\nrole_arn = x ; why\n; end\n', '# mine\n[prod]\naws_access_key_id=a\n'],
    ['CRLF', '[default]\r\nregion = x\r\n', '[default]\r\naws_access_key_id = a\r\n'],
    ['nested keys', '[default]\ns3 =\n  max_queue_size = 5\n  addressing_style = path\nregion=x\n', '\n'],
    ['a comment after a header', '[profile prod] # keep\nrole_arn=x\n[services local] ; too\nsts =\n  a=b\n', ''],
    ['no newline at the end', '[profile prod]\nregion=x', '[prod]\naws_access_key_id=a'],
    ['a byte order mark', '\uFEFF[default]\nregion=x\n', '\uFEFF# mine\n'],
    ['what no AWS tool reads', 'junk\n[broken\n= x\n', '[]\n\t\n'],
  ];

  it.each(surroundings)('keeps the rest byte for byte, and so does undo: %s', async (_, config, credentials) => {
    await existing(config, credentials);
    const undo = await write({});
    const [writtenConfig = '', writtenCredentials = ''] = await both();
    expect(writtenConfig.startsWith(config)).toBe(true);
    expect(writtenCredentials.startsWith(credentials)).toBe(true);
    expect(writtenCredentials).toMatch(/^\[ours\]\r?\naws_access_key_id = AKIAOURS\r?\n/m);
    await restoreProfiles(undo);
    expect(await both()).toEqual([config, credentials]);
  });

  it('records the undo before it writes', async () => {
    await existing('', '');
    let seen: string[] = [];
    const undo = await write({
      record: (recorded) => {
        seen = [JSON.stringify(recorded), readFileSync(configFile, 'utf8'), readFileSync(credentialsFile, 'utf8')];
      },
    });
    expect(seen).toEqual([JSON.stringify(undo.files), '', '']);
  });

  it('writes nothing when recording fails', async () => {
    const record = () => {
      throw new Error('no state');
    };
    await existing('', '');
    await expect(write({ record })).rejects.toThrow('no state');
    expect([await both(), (await readdir(folder)).sort()]).toEqual([
      ['', ''],
      ['config', 'credentials'],
    ]);
  });

  it('can be undone when the second file could not be written', async () => {
    await existing('[default]\n', '');
    let files: readonly FileUndo[] = [];
    const record = (changed: readonly FileUndo[]) => {
      files = changed;
      rmSync(credentialsFile);
      mkdirSync(credentialsFile);
    };
    await expect(write({ record })).rejects.toThrow('is a folder');
    expect(await readFile(configFile, 'utf8')).toContain('ours');
    await restoreProfiles({ step: 'a step', files });
    expect(await readFile(configFile, 'utf8')).toBe('[default]\n');
  });

  it('does not touch a file without changes, even one that nobody may write', async () => {
    await existing('', '[other]\nk=1\n');
    await mkdir(`${credentialsFile}.assume-role.lock`);
    const undo = await write({ profiles: [{ name: 'ours', config: { region: 'x' } }] });
    expect(undo.files.map(({ path }) => path)).toEqual([configFile]);
  });

  it.runIf(posix)('rejects symlinks', async () => {
    await mkdir(folder);
    await writeFile(join(home, 'elsewhere'), '');
    await symlink(join(home, 'elsewhere'), credentialsFile);
    await expect(write({})).rejects.toThrow('is a symbolic link');
    expect(await readdir(folder)).toEqual(['credentials']);
  });

  it('rejects a profile given twice, and one file for both', async () => {
    await expect(write({ profiles: [profile('a'), profile('a')] })).rejects.toThrow('given twice');
    await expect(write({ credentialsFile: configFile })).rejects.toThrow('both config and credentials');
  });
});

describe('undoing profiles', () => {
  it('keeps a file that another program wrote to, even one that the step created', async () => {
    const undo = await write({});
    await writeFile(configFile, '[profile theirs]\n', { flag: 'a' });
    await restoreProfiles(undo);
    expect(await readFile(configFile, 'utf8')).toBe('[profile theirs]\n');
    expect(await readdir(folder)).toEqual(['config']);
  });

  it("removes the step's keys from a section that was changed, and says so", async () => {
    const undo = await write({});
    await writeFile(credentialsFile, 'region = theirs\n', { flag: 'a' });
    const outcomes = await restoreProfiles(undo);
    expect(outcomes[0]).toEqual({ path: credentialsFile, section: 'ours', outcome: 'changed' });
    expect(await readFile(credentialsFile, 'utf8')).toBe('[ours]\nregion = theirs\n');
  });

  it('reports a file that it cannot restore and still restores the other', async () => {
    const undo = await write({});
    await rm(credentialsFile);
    await mkdir(credentialsFile);
    const outcomes = await restoreProfiles(undo);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['failed', 'restored']);
    expect(outcomes[0]?.reason).toContain('a folder');
    expect(await readdir(folder)).toEqual(['credentials']);
  });

  it('does not recreate a removed folder', async () => {
    const undo = await write({});
    await rm(folder, { recursive: true });
    expect((await restoreProfiles(undo)).map(({ outcome }) => outcome)).toEqual(['missing', 'missing']);
    expect(await readdir(home)).toEqual([]);
  });
});

const worker = (name: string, rounds: number) => `
import { filesToWrite, writeProfiles } from './write-profiles.mjs';
import { restoreProfiles } from './restore-profiles.mjs';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
const place = ${JSON.stringify({ configFile, credentialsFile, overwrite: false })};
for (let i = 0; i < ${rounds}; i += 1) {
  const credentials = { aws_access_key_id: '${name}', aws_secret_access_key: 'hush-' + i };
  const request = { ...place, profiles: [{ name: '${name}', config: { region: 'x' + i }, credentials }] };
  let files = await filesToWrite(request);
  await writeProfiles({ ...request, step: '${name}', files, record: (changed) => { files = changed; } });
  await sleep(Math.random() * 20);
  if (!readFileSync(place.credentialsFile, 'utf8').includes('aws_access_key_id = ${name}')) process.exit(3);
  const outcomes = await restoreProfiles({ step: '${name}', files: JSON.parse(JSON.stringify(files)) });
  if (outcomes.some(({ outcome }) => outcome !== 'restored')) process.exit(4);
}`;

describe('many concurrent processes', () => {
  it.each([
    ['with', '\n'],
    ['without', ''],
  ])(
    'each find their own profile and leave a file %s a last newline unchanged',
    async (_, end) => {
      const config = `\uFEFF[default]\r\nregion = x\r\n# end\r\n[profile z] # keep\ns3 =\n  a = 1${end}`;
      const credentials = `[default]\naws_access_key_id = theirs${end}`;
      await existing(config, credentials);
      const scripts = await mkdtemp(join(home, 'scripts-'));
      await bundle(scripts, 'profiles/write-profiles', 'profiles/restore-profiles');
      const names = ['p1', 'p2', 'p3', 'p4'];
      const children = await Promise.all(names.map((name) => start(scripts, name, worker(name, 6))));
      expect(await Promise.all(children.map(ended))).toEqual(names.map(() => 0));
      expect(await both()).toEqual([config, credentials]);
      expect((await readdir(folder)).sort()).toEqual(['config', 'credentials']);
    },
    60_000,
  );
});
