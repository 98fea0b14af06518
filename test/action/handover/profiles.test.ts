import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Emulator } from '../../../emulator/server/emulator.js';
import { profileText } from '../../support/base-files.js';
import { deploy, hub, keys, keyVariables, production } from '../../support/example-world.js';
import { homeWith } from '../../support/folders.js';
import { asVariables } from '../../support/issued.js';
import { chainOf, openStage, type Stage } from '../../support/stage.js';

const chain = { 'role-chain': chainOf(hub, deploy) } as const;
const dev = { ...chain, 'aws-profile': 'dev' } as const;
const posix = process.platform !== 'win32';

async function openAt(folder: string, options: Parameters<typeof openStage>[0] = {}): Promise<Stage> {
  return openStage({ ...options, job: { home: folder } });
}

const read = (folder: string, name: string) => readFile(join(folder, '.aws', name), 'utf8');
const both = async (folder: string) => [await read(folder, 'config'), await read(folder, 'credentials')];
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

const credentialsOf = (name: string) =>
  new RegExp(
    `^\\[${name}\\]\\r?\\naws_access_key_id = ASIA\\w{16}\\r?\\naws_secret_access_key = \\S{40}\\r?\\naws_session_token = \\S+$`,
    'm',
  );

describe('a profile', () => {
  test('is a section in both files, with the Region and the keys of the last session', async () => {
    const folder = await homeWith();
    const stage = await openAt(folder);
    const step = await stage.succeeds({ ...dev, 'output-credentials': 'true' });
    expect(await read(folder, 'config')).toBe('[profile dev]\nregion = eu-west-1\n');
    expect(await read(folder, 'credentials')).toBe(
      [
        '[dev]',
        `aws_access_key_id = ${step.outputs['aws-access-key-id']}`,
        `aws_secret_access_key = ${step.outputs['aws-secret-access-key']}`,
        `aws_session_token = ${step.outputs['aws-session-token']}`,
        '',
      ].join('\n'),
    );
    expect(step.environmentChanges).toEqual({});
  });

  test("named default has AWS's section name for it", async () => {
    const folder = await homeWith();
    await (await openAt(folder)).succeeds({ ...chain, 'aws-profile': 'default' });
    expect(await read(folder, 'config')).toBe('[default]\nregion = eu-west-1\n');
    expect(await read(folder, 'credentials')).toMatch(credentialsOf('default'));
  });

  test('has no Region when none was given', async () => {
    const folder = await homeWith();
    await (await openAt(folder, { environment: { AWS_REGION: '' } })).succeeds(dev);
    expect(await read(folder, 'config')).toBe('[profile dev]\n');
  });

  test('of keys without a role contains those keys', async () => {
    const folder = await homeWith();
    const stage = await openAt(folder, { idToken: false });
    await stage.succeeds({ ...keys, 'aws-profile': 'dev' });
    expect(await read(folder, 'credentials')).toBe(
      `[dev]\naws_access_key_id = ${keys['aws-access-key-id']}\naws_secret_access_key = ${keys['aws-secret-access-key']}\n`,
    );
  });

  test('becomes current, with its keys, when both are requested', async () => {
    const stage = await openAt(await homeWith(), { environment: { AWS_DEFAULT_PROFILE: 'theirs' } });
    const { environmentChanges } = await stage.succeeds({ ...dev, 'output-env-credentials': 'true' });
    expect(environmentChanges).toMatchObject({ AWS_PROFILE: 'dev', AWS_DEFAULT_PROFILE: 'dev' });
    expect(environmentChanges.AWS_ACCESS_KEY_ID).toMatch(/^ASIA/);
  });

  test('may have any name that every AWS tool accepts', async () => {
    const name = 'dev:eu';
    const folder = await homeWith();
    await (await openAt(folder)).succeeds({ ...chain, 'aws-profile': name });
    expect(await read(folder, 'config')).toContain(`[profile ${name}]`);
  });
});

describe("the rest of a user's AWS files", () => {
  // The tests of src/disk have one case for each of these.
  const mixed =
    '\uFEFF# mine\r\n[default]\r\ns3 =\r\n  max_queue_size = 5\r\n[profile prod] # keep\r\nrole_arn = x ; why';
  const surroundings: readonly (readonly [string, string, string])[] = [
    [
      'comments, CRLF, nested keys, a byte order mark, no newline at the end',
      mixed,
      '# mine\r\n[prod]\r\naws_access_key_id=a',
    ],
    ['what no AWS tool reads', 'junk\n[broken\n= x\n', '[]\n\t\n'],
  ];

  test.each(surroundings)('does not change, byte for byte: %s', async (_, config, credentials) => {
    const folder = await homeWith({ config, credentials });
    const stage = await openAt(folder);
    await stage.succeeds(dev);
    const [writtenConfig = '', writtenCredentials = ''] = await both(folder);
    expect(writtenConfig.startsWith(config)).toBe(true);
    expect(writtenCredentials.startsWith(credentials)).toBe(true);
    expect(writtenCredentials).toMatch(credentialsOf('dev'));
    await stage.finish();
    expect(await both(folder)).toEqual([config, credentials]);
  });

  test('does not change around an overwritten profile, which post restores', async () => {
    const config =
      '# a\r\n[profile dev] # theirs\r\noutput = json\r\ns3 =\r\n  x = 1\r\n\r\n# z\r\n[profile z]\r\nregion=x';
    const credentials = '[z]\naws_access_key_id=z\n[dev]\naws_access_key_id=theirs\naws_secret_access_key=theirs';
    const folder = await homeWith({ config, credentials });
    const stage = await openAt(folder);
    await stage.succeeds({ ...dev, 'overwrite-aws-profile': 'true' });
    expect((await both(folder)).join()).not.toMatch(/theirs|output = json/);
    expect(await read(folder, 'config')).toBe(
      '# a\r\n[profile dev]\r\nregion = eu-west-1\r\n\r\n# z\r\n[profile z]\r\nregion=x',
    );
    await stage.finish();
    expect(await both(folder)).toEqual([config, credentials]);
  });

  test('is restored by each step when one overwrites what another wrote', async () => {
    const folder = await homeWith({ config: '', credentials: '' });
    const stage = await openAt(folder);
    await stage.succeeds(dev);
    const outer = await both(folder);
    const inner = { ...dev, 'role-chain': chainOf(hub, production), 'overwrite-aws-profile': 'true' };
    await stage.succeeds(inner);
    expect(await both(folder)).not.toEqual(outer);
    await stage.finish();
    expect(await both(folder)).toEqual(['', '']);
  });

  test('keeps a later change by the user, without our keys', async () => {
    const folder = await homeWith({ config: '', credentials: '' });
    const stage = await openAt(folder);
    await stage.succeeds(dev);
    await writeFile(join(folder, '.aws', 'credentials'), 'region = theirs\n', { flag: 'a' });
    await stage.finish();
    expect(await read(folder, 'credentials')).toBe('[dev]\nregion = theirs\n');
  });
});

describe('an existing profile', () => {
  test.each([
    ['credentials', { credentials: '[dev]\naws_access_key_id=a\n' }],
    ['config, with a comment after its header', { config: '[ profile  dev ] # mine\n' }],
  ])('in the %s file fails the step before any call', async (_, files) => {
    const stage = await openAt(await homeWith(files));
    await stage.refuses(dev, 'the profile dev is already', 'overwrite-aws-profile: true');
  });

  test('with use-existing-credentials is kept when it has the wanted role', async () => {
    const folder = await homeWith();
    const stage = await openAt(folder);
    await stage.succeeds(dev);
    const written = await both(folder);
    const step = await stage.succeeds({ ...dev, 'use-existing-credentials': 'true' });
    expect(step.log).toContain('Kept');
    expect(await both(folder)).toEqual(written);
  });
});

describe.runIf(posix)('modes and links', () => {
  test('files have 0600 in folders with 0700', async () => {
    const folder = await homeWith();
    await (await openAt(folder)).succeeds(dev);
    expect(await modeOf(join(folder, '.aws'))).toBe('700');
    expect(await modeOf(join(folder, '.aws', 'config'))).toBe('600');
    expect(await modeOf(join(folder, '.aws', 'credentials'))).toBe('600');
  });

  test('a file that others could read becomes private', async () => {
    const folder = await homeWith({ config: '', credentials: '' });
    await chmod(join(folder, '.aws', 'credentials'), 0o644);
    await (await openAt(folder)).succeeds(dev);
    expect(await modeOf(join(folder, '.aws', 'credentials'))).toBe('600');
  });

  test.each(['config', 'credentials'])(
    'a symbolic link as %s is rejected, and nothing is handed over',
    async (name) => {
      const folder = await homeWith({ [name === 'config' ? 'credentials' : 'config']: '' });
      await writeFile(join(folder, 'elsewhere'), '[other]\n');
      await symlink(join(folder, 'elsewhere'), join(folder, '.aws', name));
      await (await openAt(folder)).refuses(dev, `${join(folder, '.aws', name)} is a symbolic link`);
      expect(await readFile(join(folder, 'elsewhere'), 'utf8')).toBe('[other]\n');
    },
  );

  test('a symbolic link as the folder is rejected', async () => {
    const folder = await homeWith();
    await mkdir(join(folder, 'elsewhere'));
    await symlink(join(folder, 'elsewhere'), join(folder, '.aws'));
    await (await openAt(folder)).refuses(dev, `${join(folder, '.aws')} is a symbolic link`);
    expect(await readdir(join(folder, 'elsewhere'))).toEqual([]);
  });
});

test('AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE set the paths of the files', async () => {
  const folder = await homeWith();
  const environment = { AWS_CONFIG_FILE: join(folder, 'a', 'my-config'), AWS_SHARED_CREDENTIALS_FILE: '~/my-keys' };
  const stage = await openAt(folder, { environment });
  await stage.succeeds(dev);
  expect(await readFile(join(folder, 'a', 'my-config'), 'utf8')).toContain('[profile dev]');
  expect(await readFile(join(folder, 'my-keys'), 'utf8')).toMatch(credentialsOf('dev'));
  await stage.finish();
  expect(await readdir(folder)).toEqual([]);
});

test('concurrent jobs with one home each find their profile, and leave the files unchanged', async () => {
  const files = { config: '# mine\n[default]\nregion=x', credentials: '[default]\naws_access_key_id=a' };
  const folder = await homeWith(files);
  const names = ['one', 'two', 'three', 'four'];
  // Each job runs two steps: one writes a profile of its own, the other exports keys although AWS_PROFILE is set.
  const stages = await Promise.all(names.map(() => openAt(folder, { environment: { AWS_PROFILE: 'default' } })));
  await Promise.all(
    stages.map((stage, index) => stage.job.step({ with: { ...chain, 'aws-profile': names[index] ?? '' } })),
  );
  const results = await Promise.all(stages.map((stage) => stage.job.step({ with: chain })));
  expect(results.map(({ conclusion }) => conclusion)).toEqual(names.map(() => 'success'));
  for (const name of names) {
    expect(await read(folder, 'credentials')).toMatch(credentialsOf(name));
  }
  const environmentProfiles = results.map(({ environmentChanges }) => environmentChanges.AWS_PROFILE);
  expect(new Set(environmentProfiles).size).toBe(names.length);
  await Promise.all(stages.map((stage) => stage.finish()));
  expect(await both(folder)).toEqual([files.config, files.credentials]);
  expect((await readdir(join(folder, '.aws'))).sort()).toEqual(['config', 'credentials']);
}, 120_000);

describe('an environment profile', () => {
  const foreign = { AWS_PROFILE: 'theirs', AWS_DEFAULT_PROFILE: 'theirs' };

  test('becomes current when the job has AWS_PROFILE set, and contains no key', async () => {
    const folder = await homeWith({ config: '[profile theirs]\n' });
    const stage = await openAt(folder, { environment: foreign });
    const { environmentChanges, log } = await stage.succeeds(chain);
    const name = environmentChanges.AWS_PROFILE ?? '';
    const both = 'AWS_PROFILE (was theirs) and AWS_DEFAULT_PROFILE (was theirs)';
    expect(log).toContain(`${both}: for the rest of the job it is ${name}, a profile that reads the exported keys`);
    expect(name).toMatch(/^assume-role-environment-\w{8}$/);
    expect(environmentChanges.AWS_DEFAULT_PROFILE).toBe(name);
    expect(await read(folder, 'config')).toMatch(
      new RegExp(`^\\[profile ${name}\\]\\nregion = eu-west-1\\ncredential_process = .* --environment$`, 'm'),
    );
    expect(await stage.job.findSecrets(folder)).toEqual([]);
    const [post] = await stage.finish();
    expect(post?.environmentChanges).toMatchObject(foreign);
    expect(await read(folder, 'config')).toBe('[profile theirs]\n');
  });

  test('is also written for an empty AWS_PROFILE, with which the AWS CLI fails', async () => {
    const stage = await openAt(await homeWith(), { environment: { AWS_PROFILE: '' } });
    const { environmentChanges } = await stage.succeeds(chain);
    expect(environmentChanges.AWS_PROFILE).toMatch(/^assume-role-environment-/);
  });

  test.each([
    ['theirs', /the AWS SDK for JavaScript would use the profile theirs of the machine's AWS files in later steps/],
    ['gone', /the AWS CLI and boto3 and the AWS SDK for Go would fail, and the AWS SDK for JavaScript would use/],
  ])('is not written for output-env-credentials: true, and a warning names the tools: %s', async (name, warning) => {
    const folder = await homeWith({ credentials: profileText('theirs') });
    const stage = await openAt(folder, { environment: { AWS_PROFILE: name } });
    const step = await stage.succeeds({ ...chain, 'output-env-credentials': 'true' });
    expect(step.environmentChanges).not.toHaveProperty('AWS_PROFILE');
    expect(step.environmentChanges).toMatchObject({ AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA/) });
    expect(step.annotations).toEqual([
      expect.objectContaining({ level: 'warning', message: expect.stringMatching(warning) }),
    ]);
    expect(await read(folder, 'credentials')).toBe(profileText('theirs'));
  });

  test('is not written when no profile is set', async () => {
    const folder = await homeWith();
    const step = await (await openAt(folder)).succeeds(chain);
    expect(step.environmentChanges).not.toHaveProperty('AWS_PROFILE');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('existing credentials that tools read differently', () => {
  test('are not kept', async () => {
    const folder = await homeWith({ credentials: profileText('bot') });
    const environment = (emulator: Emulator) => ({ ...asVariables(emulator.issue(hub)), AWS_PROFILE: 'bot' });
    const stage = await openAt(folder, { idToken: false, environment });
    const step = await stage.succeeds({ 'use-existing-credentials': 'true', ...keys });
    expect(step.log).toContain('would be arn:aws:iam::');
    expect(step.environmentChanges).toMatchObject(keyVariables);
  });
});
