import { describe, expect, test } from 'vitest';
import { profileText } from '../../support/base-files.js';
import { bot, hub, keyVariables, spoke } from '../../support/example-world.js';
import { profileNames, snapshot } from '../../support/fan-out.js';
import {
  arnsOf,
  example,
  path,
  roles,
  run,
  textbookCases,
  textbookPlace,
  withFile,
} from '../../support/role-chain-files.js';
import { openStage, type Stage } from '../../support/stage.js';
import { policy } from '../../support/world-roles.js';

describe('profiles', () => {
  test('start from the base identity of the step and share hops, at any depth', async () => {
    const setup = await withFile(roles);
    const result = await run(setup, 'staging\nproduction');
    expect(result.conclusion).toBe('success');
    expect(setup.requests('GetIdToken')).toHaveLength(1);
    expect(setup.requests('AssumeRoleWithWebIdentity')).toHaveLength(1);
    expect(arnsOf(result)).toEqual({
      staging: 'arn:aws:sts::222222222222:assumed-role/deploy/GitHubActions',
      production: 'arn:aws:sts::333333333333:assumed-role/deploy/GitHubActions',
    });
    expect(await profileNames(setup, 'config')).toEqual(['profile staging', 'profile production']);
  });

  test('use the settings of a hop as the AWS CLI does', async () => {
    const setup = await withFile(roles, {
      change: (world) => {
        const role = world.accounts['222222222222']?.roles?.audited;
        if (role === undefined) {
          return;
        }
        role.trustPolicy = policy({
          Principal: { AWS: hub },
          Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
          Condition: { StringEquals: { 'sts:ExternalId': 'partner-42', 'sts:SourceIdentity': 'octocat' } },
        });
      },
    });
    const result = await run(setup, 'partner');
    expect(result.conclusion).toBe('success');
    expect(setup.requests('AssumeRoleWithWebIdentity')[0]?.parameters).toMatchObject({
      RoleArn: hub,
      RoleSessionName: 'ci',
    });
    expect(setup.requests('AssumeRole')[0]?.parameters).toEqual({
      RoleArn: spoke('audited'),
      RoleSessionName: 'for-partner',
      ExternalId: 'partner-42',
      DurationSeconds: '1800',
      SourceIdentity: 'octocat',
    });
  });

  test('export their own Region, whatever the Region of the step and the job', async () => {
    const setup = await withFile(roles, { environment: () => ({ AWS_REGION: 'eu-north-1' }) });
    const { environmentChanges } = await run(setup, 'staging', { 'aws-region': 'eu-west-1' });
    expect(environmentChanges).toMatchObject({ AWS_REGION: 'eu-central-1', AWS_DEFAULT_REGION: 'eu-central-1' });
  });

  test('start from the token file that they name', async () => {
    const setup = await withFile(
      `[profile hub]\nrole_arn = ${hub}\nweb_identity_token_file = token\n[profile leaf]\nrole_arn = ${spoke('deploy')}\nsource_profile = hub\n`,
    );
    const token = await setup.emulator.idToken();
    await setup.job.run(`printf %s '${token}' > token`);
    const result = await run(setup, 'leaf');
    expect(result.conclusion).toBe('success');
    expect(setup.requests('GetIdToken')).toHaveLength(0);
    expect(setup.requests('AssumeRoleWithWebIdentity')).toHaveLength(1);
  });

  test.each([
    ['Environment', () => keyVariables, spoke('long')],
    ['EcsContainer', (emulator) => emulator.containerEnvironment, hub],
    ['Ec2InstanceMetadata', (emulator) => emulator.instanceEnvironment, hub],
  ] satisfies [string, (emulator: Stage['emulator']) => Readonly<Record<string, string>>, string][])(
    'start from credential_source = %s, which takes precedence over the job’s ID token',
    async (source, variables, role) => {
      const setup = await withFile(`[profile a]\nrole_arn = ${role}\ncredential_source = ${source}\n`, {
        environment: (emulator) => ({ ...variables(emulator) }),
      });
      const result = await run(setup, 'a');
      expect(result.conclusion).toBe('success');
      expect(setup.requests('GetIdToken')).toHaveLength(0);
      expect(setup.requests('AssumeRole')).toHaveLength(1);
    },
  );

  test('with different base identities can be used in one step', async () => {
    const text = `${roles}\n[profile viewer]\nrole_arn = ${example('remote-viewer')}\nsource_profile = mine\n`;
    const setup = await withFile(text, { home: { '.aws/credentials': profileText('mine') } });
    const result = await run(setup, 'staging, viewer');
    expect(Object.keys(arnsOf(result))).toEqual(['staging', 'viewer']);
    expect(setup.requests('AssumeRoleWithWebIdentity')).toHaveLength(1);
    const viewer = setup.requests('AssumeRole').find(({ parameters }) => /viewer/.test(parameters.RoleArn ?? ''));
    expect(viewer?.callerArn).toBe(bot);
  });

  test('may name themselves as source when the machine has their keys', async () => {
    const setup = await withFile(`[profile self]\nrole_arn = ${spoke('long')}\nsource_profile = self\n`, {
      home: { '.aws/credentials': profileText('self') },
    });
    const result = await run(setup, 'self', { 'aws-profile': 'other' });
    expect(result.conclusion).toBe('success');
    expect(setup.requests('AssumeRole')[0]?.callerArn).toBe(bot);
  });

  test("never fall back to the machine's role when the machine's profile has no keys", async () => {
    const setup = await withFile(`[profile a]\nrole_arn = ${hub}\nsource_profile = mine\n`, {
      home: { '.aws/config': '[profile mine]\nregion = eu-west-1\n' },
      environment: (emulator) => ({ ...emulator.instanceEnvironment, ...keyVariables }),
    });
    const result = await run(setup, 'a', { 'disable-retry': 'true' });
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain('profile mine: ');
    expect(result.log).toContain('it has only settings');
    expect(setup.emulator.requests).toEqual([]);
  });

  test('hide their account IDs from the log, including those that appear only in the file', async () => {
    const setup = await withFile(roles);
    const result = await run(setup, 'staging\nproduction', { 'mask-aws-account-id': 'true' });
    expect(result.conclusion).toBe('success');
    expect(result.log).not.toMatch(/(?<!\d)\d{12}(?!\d)/);
    const refused = await withFile(roles);
    refused.emulator.faults.add({ operation: 'AssumeRole', first: 9, fault: { kind: 'access-denied' } });
    const failed = await run(refused, 'production', { 'mask-aws-account-id': 'true' });
    expect(failed.exitCode).toBe(1);
    expect(failed.log).not.toMatch(/(?<!\d)\d{12}(?!\d)/);
  });
});

describe('the step fails before any call for', () => {
  test('keys in the file, even of another profile', async () => {
    const secret = ['je7MtGbClwBF/2Zp9Utk', 'h3yCo8nvbEXAMPLEKEY'].join('/');
    const setup = await withFile(
      `[profile leaf]\nrole_arn = ${spoke('deploy')}\n[profile base]\naws_secret_access_key = ${secret}\n`,
    );
    const result = await run(setup, 'leaf');
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain(`${path}, line 4, [profile base], aws_secret_access_key`);
    expect(result.log).toContain('must not contain keys');
    expect(result.raw).not.toContain(secret);
    expect(setup.emulator.requests).toEqual([]);
    expect(await snapshot(setup.job.folders.home)).toEqual({});
  });

  test('a missing file, with the usual reason', async () => {
    const setup = await openStage();
    const result = await run(setup, 'leaf');
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain('that actions/checkout ran before this step');
  });

  test('a file next to targets that do not use it', async () => {
    const setup = await withFile(roles);
    const result = await run(setup, `a: [${hub}]`);
    expect(result.log).toContain('names no target of role-chain-file');
    expect(setup.emulator.requests).toEqual([]);
  });
});

describe('examples from documentation', () => {
  // One for each kind of source; test/clients compares all of them with the AWS CLI.
  test.each([textbookCases[0], textbookCases[3], textbookCases[6]])('$source', async (one) => {
    const setup = await textbookPlace(one);
    const result = await run(setup, one.target);
    expect(result.conclusion).toBe('success');
    expect(arnsOf(result)[one.target]).toMatch(/^arn:aws:sts::\d{12}:assumed-role\/[\w-]+\/same$/);
  });
});
