import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Emulator } from '../../../emulator/server/emulator.js';
import { profileText, writeAwsFiles } from '../../support/base-files.js';
import { bot, deploy, hub, keyVariables } from '../../support/example-world.js';
import { asProfile } from '../../support/issued.js';
import { startMetadataService } from '../../support/metadata-service.js';
import { chainOf, openStage, session } from '../../support/stage.js';

const runner = 'arn:aws:iam::111111111111:role/runner';
const oneHop = { 'role-to-assume': hub, 'role-skip-session-tagging': 'true' } as const;

describe('a machine with nothing but a metadata service', () => {
  test.each([
    ['answers after a second each time', { delayMs: 1_000 }],
    ['is behind a hop limit of 1, with IMDSv1 allowed', { losesTokens: true }],
  ])('that %s is found by auto', async (_, answers) => {
    const environment = async (emulator: Emulator) => {
      const credentials = emulator.issue(runner, { sessionName: 'i-0123456789abcdef0' });
      return { AWS_EC2_METADATA_SERVICE_ENDPOINT: await startMetadataService({ ...answers, credentials }) };
    };
    const stage = await openStage({ idToken: false, environment });
    const { log } = await stage.succeeds(oneHop);
    expect(log).toMatch(/Base identity: the EC2 instance profile .*because no keys, no token file and no ID token/);
    expect(stage.requests('AssumeRole')[0]).toMatchObject({
      callerArn: expect.stringContaining('i-0123456789abcdef0'),
    });
  });

  test('that is absent is recognized at once', async () => {
    const environment = { AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:9' };
    const stage = await openStage({ idToken: false, environment });
    const began = Date.now();
    const { log } = await stage.fails(oneHop);
    expect(Date.now() - began).toBeLessThan(2_000);
    expect(log).toMatch(/there is none at 127\.0\.0\.1:9/);
  });
});

describe('an identity that the machine renews, without a role', () => {
  test('is verified, and only its Region is exported', async () => {
    const stage = await openStage({ environment: ({ containerEnvironment }) => containerEnvironment });
    const step = await stage.succeeds();
    expect(step.environmentChanges).toEqual({ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' });
    expect(step.outputs['authenticated-arn']).toMatch(/:assumed-role\/runner\//);
    expect(step.log).toContain('Later steps find this identity on the machine');
  });

  test.each([
    ['variables', { 'output-env-credentials': 'true' }],
    ['a profile', { 'aws-profile': 'mine' }],
  ])('is handed over as %s on request, and the log says when that expires', async (_, inputs) => {
    const stage = await openStage({ environment: ({ containerEnvironment }) => containerEnvironment });
    const step = await stage.succeeds(inputs);
    expect(step.log).toMatch(/Later steps get the keys of this identity\. They expire at \d{4}-.*nothing renews them/);
    expect('AWS_ACCESS_KEY_ID' in step.environmentChanges).toBe(!('aws-profile' in inputs));
  });

  test('causes a warning when tools would have another one', async () => {
    const environment = ({ containerEnvironment }: Emulator) => ({ ...containerEnvironment, ...keyVariables });
    const stage = await openStage({ environment });
    const step = await stage.succeeds({ 'credential-source': 'EcsContainer' });
    const [warning] = step.annotations.filter(({ level }) => level === 'warning');
    expect(warning?.message).toMatch(/the AWS CLI and boto3 would use the keys in the environment/);
  });
});

describe('a named profile is never replaced by another source', () => {
  const instance = ({ instanceEnvironment }: Emulator) => ({ ...instanceEnvironment, AWS_PROFILE: 'ci' });

  test('when it is missing', async () => {
    const stage = await openStage({ idToken: false, environment: instance });
    await stage.refuses(oneHop, /AWS_PROFILE/, /profile ci, which is neither in .*config nor in .*credentials/);
  });

  test('when its process fails: its message is shown and its command is not', async () => {
    const stage = await openStage({ idToken: false, environment: instance });
    const tool = join(stage.job.folders.home, 'tool');
    await writeFile(tool, '#!/bin/sh\necho "the vault is sealed" >&2\nexit 3\n', { mode: 0o700 });
    await writeAwsFiles(stage, '', `[profile ci]\ncredential_process = ${tool} --pin 1234567890\n`);
    const { log } = await stage.fails(oneHop);
    expect(log).toMatch(/the profile ci \(.*config\) gave no credentials .*the vault is sealed/);
    expect(log).toContain('== Base identity: The profile gives no credentials ==');
    expect(log).not.toContain('1234567890');
    expect(stage.emulator.requests).toEqual([]);
  });

  test.each([
    ['a folder', (path: string) => mkdir(path), 'is a folder'],
    [
      'a dangling link',
      (path: string) => symlink('/nowhere/credentials', path),
      'symbolic link to a file that does not exist',
    ],
    ['not UTF-8', (path: string) => writeFile(path, Buffer.from('[ci]\n# caf\xe9\n', 'latin1')), 'is not UTF-8'],
  ])('when its file is %s', async (_, make, text) => {
    const stage = await openStage({ idToken: false, environment: instance });
    await mkdir(join(stage.job.folders.home, '.aws'));
    await make(join(stage.job.folders.home, '.aws', 'credentials'));
    await stage.refuses(oneHop, 'profile ci', text);
  });
});

test.skipIf(process.platform === 'win32')(
  'an empty HOME never makes AWS files of the repository those of the machine',
  async () => {
    const stage = await openStage({
      idToken: false,
      environment: { HOME: '', RUNNER_ENVIRONMENT: 'github-hosted' },
      workspace: { '.aws/credentials': profileText('default') },
    });
    await stage.refuses(oneHop, 'there is no base identity');
  },
);

describe('the Region of the current profile', () => {
  const noRegion = { AWS_REGION: '', AWS_DEFAULT_REGION: '' };

  test('with settings only applies to STS, and afterwards', async () => {
    const stage = await openStage({ environment: { ...noRegion, AWS_PROFILE: 'ci' } });
    await writeAwsFiles(stage, '', '[profile ci]\nregion = eu-north-1\n');
    const step = await stage.succeeds({ 'role-chain': chainOf(hub, deploy) });
    expect(stage.requests('AssumeRole')[0]).toMatchObject({ region: 'eu-north-1' });
    expect(step.environmentChanges).toMatchObject({ AWS_REGION: 'eu-north-1', AWS_DEFAULT_REGION: 'eu-north-1' });
    expect(step.log).toContain('The Region eu-north-1 is that of the profile ci.');
  });

  test('is ignored in another partition', async () => {
    const stage = await openStage({ environment: noRegion });
    await writeAwsFiles(stage, '', '[default]\nregion = cn-north-1\n');
    const step = await stage.succeeds({ 'role-chain': chainOf(hub, deploy) });
    expect(stage.requests('AssumeRole')[0]).toMatchObject({ region: 'us-east-1' });
    expect(step.environmentChanges).not.toHaveProperty('AWS_REGION');
  });
});

describe('use-existing-credentials', () => {
  const keep = { 'use-existing-credentials': 'true', 'role-to-assume': deploy } as const;
  const issued = (emulator: Emulator) => asProfile('default', emulator.issue(deploy));

  test('keeps nothing when AWS_DEFAULT_PROFILE gives one tool another identity', async () => {
    const stage = await openStage({ environment: { AWS_DEFAULT_PROFILE: 'robot' } });
    await writeAwsFiles(stage, `${issued(stage.emulator)}${profileText('robot')}`);
    const { log } = await stage.run({ ...keep, 'allowed-account-ids': '222222222222' });
    expect(log).toContain(`Not kept: the existing credentials are ${bot}, and the AWS SDK for JavaScript would be`);
  });

  test('keeps nothing when a session policy is declared', async () => {
    const stage = await openStage();
    await writeAwsFiles(stage, issued(stage.emulator));
    const policy = '{"Version":"2012-10-17","Statement":[]}';
    const { log } = await stage.run({ ...keep, 'inline-session-policy': policy });
    expect(log).toContain('Not kept: a session policy is declared');
  });

  test('keeps the default profile when every tool uses it', async () => {
    const stage = await openStage();
    await writeAwsFiles(stage, issued(stage.emulator));
    const step = await stage.succeeds(keep);
    expect(step.outputs['authenticated-arn']).toBe(session(deploy, 'issued'));
    expect(stage.calls()).toEqual(['GetCallerIdentity']);
  });
});
