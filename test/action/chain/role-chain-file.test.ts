import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { WorldDocument } from '../../../emulator/world/world.js';
import type { StepResult } from '../../../runner/step-result.js';
import { bot, policy, spoke } from '../../emulator/callers.js';
import { hub } from '../../support/example-world.js';
import { asked, botSection, type JobSetup, openJobSetup, profileNames, snapshot } from '../../support/fan-out.js';
import { cliArn, isThere, runClient } from '../../support/real-clients.js';

const path = '.github/aws-roles.ini';
const runner = 'arn:aws:iam::111111111111:role/runner';
const example = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const botEnvironment = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/**
 * The example world with the roles of AWS's documentation, which the example user and the machine's role may assume.
 */
function textbook(world: WorldDocument): void {
  const open = { trustPolicy: policy({ Principal: { AWS: [bot, runner, hub] }, Action: ['sts:AssumeRole'] }) };
  const names = ['remote-viewer', 'ProductionAccessRole', 'my-assume-role', 'role-b-s3'];
  world.accounts['123456789012'] = { roles: Object.fromEntries(names.map((name) => [name, open])) };
  const { roles } = world.accounts['222222222222'] ?? {};
  if (roles !== undefined) {
    roles.efgh = open;
  }
  const machine = world.accounts['111111111111']?.roles?.runner;
  machine?.policies?.push(policy({ Action: 'sts:AssumeRole', Resource: '*' }));
}

function withFile(text: string, options: Parameters<typeof openJobSetup>[0] = {}): Promise<JobSetup> {
  return openJobSetup({ world: textbook, ...options, workspace: { [path]: text, ...options.workspace } });
}

function run({ job }: JobSetup, targets: string, inputs: Record<string, string> = {}): Promise<StepResult> {
  return job.step({ with: { 'role-chain-file': path, targets, ...inputs } });
}

function arnsOf(result: StepResult): Record<string, string> {
  const targets = JSON.parse(result.outputs.targets ?? '{}') as Record<string, { arn: string }>;
  return Object.fromEntries(Object.entries(targets).map(([name, { arn }]) => [name, arn]));
}

const roles = `# The hub is where every chain begins.
[profile hub]
role_arn = ${hub}
role_session_name = ci

[profile staging]
role_arn = ${spoke('deploy')}
source_profile = hub
region = eu-central-1

; the partner asks for an external id
[profile partner]
role_arn = ${spoke('audited')}
source_profile = hub
external_id = partner-42
duration_seconds = 1800
role_session_name = for-partner
source_identity = octocat
output = json

[production]
role_arn = arn:aws:iam::333333333333:role/deploy
source_profile = staging
`;

describe('profiles', () => {
  test('start from the base identity of the step and share hops, at any depth', async () => {
    const setup = await withFile(roles);
    const result = await run(setup, 'staging\nproduction');
    expect(result.conclusion).toBe('success');
    expect(asked(setup.emulator, 'GetIdToken')).toHaveLength(1);
    expect(asked(setup.emulator, 'AssumeRoleWithWebIdentity')).toHaveLength(1);
    expect(arnsOf(result)).toEqual({
      staging: 'arn:aws:sts::222222222222:assumed-role/deploy/GitHubActions',
      production: 'arn:aws:sts::333333333333:assumed-role/deploy/GitHubActions',
    });
    expect(await profileNames(setup, 'config')).toEqual(['profile staging', 'profile production']);
  });

  test('use the settings of a hop as the AWS CLI does', async () => {
    const setup = await withFile(roles, {
      world: (world) => {
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
    expect(asked(setup.emulator, 'AssumeRoleWithWebIdentity')[0]?.parameters).toMatchObject({
      RoleArn: hub,
      RoleSessionName: 'ci',
    });
    expect(asked(setup.emulator, 'AssumeRole')[0]?.parameters).toEqual({
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
    expect(asked(setup.emulator, 'GetIdToken')).toHaveLength(0);
    expect(asked(setup.emulator, 'AssumeRoleWithWebIdentity')).toHaveLength(1);
  });

  test.each([
    ['Environment', () => botEnvironment, spoke('long')],
    ['EcsContainer', (emulator) => emulator.containerEnvironment, hub],
    ['Ec2InstanceMetadata', (emulator) => emulator.instanceEnvironment, hub],
  ] satisfies [string, (emulator: JobSetup['emulator']) => Readonly<Record<string, string>>, string][])(
    'start from credential_source = %s, which takes precedence over the job’s ID token',
    async (source, variables, role) => {
      const setup = await withFile(`[profile a]\nrole_arn = ${role}\ncredential_source = ${source}\n`, {
        environment: (emulator) => ({ ...variables(emulator) }),
      });
      const result = await run(setup, 'a');
      expect(result.conclusion).toBe('success');
      expect(asked(setup.emulator, 'GetIdToken')).toHaveLength(0);
      expect(asked(setup.emulator, 'AssumeRole')).toHaveLength(1);
    },
  );

  test('with different base identities can be used in one step', async () => {
    const text = `${roles}\n[profile viewer]\nrole_arn = ${example('remote-viewer')}\nsource_profile = mine\n`;
    const setup = await withFile(text, { home: { '.aws/credentials': botSection('mine') } });
    const result = await run(setup, 'staging, viewer');
    expect(Object.keys(arnsOf(result))).toEqual(['staging', 'viewer']);
    expect(asked(setup.emulator, 'AssumeRoleWithWebIdentity')).toHaveLength(1);
    const viewer = asked(setup.emulator, 'AssumeRole').find(({ parameters }) =>
      /viewer/.test(parameters.RoleArn ?? ''),
    );
    expect(viewer?.callerArn).toBe(bot);
  });

  test('may name themselves as source when the machine has their keys', async () => {
    const setup = await withFile(`[profile self]\nrole_arn = ${spoke('long')}\nsource_profile = self\n`, {
      home: { '.aws/credentials': botSection('self') },
    });
    const result = await run(setup, 'self', { 'aws-profile': 'other' });
    expect(result.conclusion).toBe('success');
    expect(asked(setup.emulator, 'AssumeRole')[0]?.callerArn).toBe(bot);
  });

  test("never fall back to the machine's role when the machine's profile has no keys", async () => {
    const setup = await withFile(`[profile a]\nrole_arn = ${hub}\nsource_profile = mine\n`, {
      home: { '.aws/config': '[profile mine]\nregion = eu-west-1\n' },
      environment: (emulator) => ({ ...emulator.instanceEnvironment, ...botEnvironment }),
    });
    const result = await run(setup, 'a', { 'disable-retry': 'true' });
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain('profile mine: ');
    expect(result.log).toContain('it holds settings only');
    expect(setup.emulator.requests).toEqual([]);
  });

  test('hide their account ids from the log, including those that appear only in the file', async () => {
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
  const secret = ['je7MtGbClwBF/2Zp9Utk', 'h3yCo8nvbEXAMPLEKEY'].join('/');
  const leaf = `[profile leaf]\nrole_arn = ${spoke('deploy')}\n`;
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'keys in the file, even of another profile',
      `${leaf}[profile base]\naws_secret_access_key = ${secret}\n`,
      [`${path}, line 4, [profile base], aws_secret_access_key`, 'must not hold keys'],
    ],
    [
      'two sources',
      `${leaf}source_profile = hub\ncredential_source = Environment\n[profile hub]\nrole_arn = ${hub}\n`,
      ['source_profile and credential_source are both given (leaf)'],
    ],
    [
      'a circle',
      `${leaf}source_profile = b\n[profile b]\nrole_arn = ${hub}\nsource_profile = c\n[profile c]\nrole_arn = ${hub}\nsource_profile = leaf\n`,
      ['source_profile is circular: leaf → b → c → leaf'],
    ],
    ['a profile that is its own source', `${leaf}source_profile = leaf\n`, ['circular: leaf → leaf']],
    [
      'an unknown source far along the path',
      `${leaf}source_profile = b\n[profile b]\nrole_arn = ${hub}\nsource_profile = c\n`,
      ["'c' is neither a profile with a role", '(leaf → b → c)'],
    ],
    [
      'a typo in a key',
      `${leaf}source_profle = hub\n`,
      [`${path}, line 3, [profile leaf], source_profle`, 'Did you mean source_profile?'],
    ],
    [
      'a typo in a value',
      `${leaf}credential_source = Ec2Instancemetadata\n`,
      ['Write Environment, EcsContainer, Ec2InstanceMetadata'],
    ],
    ['an input that the CLI asks a person for', `${leaf}mfa_serial = x\n`, ['mfa_serial does not work here']],
    ['a bad value', `${leaf}external_id = a b\n`, [`${path}, line 3, [profile leaf], external_id`, 'the external ID']],
    ['a duration in minutes', `${leaf}duration_seconds = 30m\n`, ['the AWS CLI accepts no other unit']],
    ['a Region that is a host name', `${leaf}region = evil.example/#\n`, ['is not an AWS Region']],
    ['an unknown name', `[profile leav]\nrole_arn = ${hub}\n`, ["'leaf' matches no target", 'Did you mean leav?']],
    ['no role', '[profile leaf]\nregion = eu-west-1\n', ['a target needs a role']],
    ['an invalid line', `${leaf}source_profile hub\n`, [`${path}, line 3: the line is not a section`]],
  ];

  test.each(cases)('%s', async (_, text, words) => {
    const setup = await withFile(text);
    const result = await run(setup, 'leaf');
    expect(result.exitCode).toBe(1);
    for (const word of words) {
      expect(result.log).toContain(word);
    }
    expect(result.raw).not.toContain(secret);
    expect(setup.emulator.requests).toEqual([]);
    expect(await snapshot(setup.job.folders.home)).toEqual({});
  });

  test('a missing file, with the usual reason', async () => {
    const setup = await openJobSetup();
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

/** Examples of switching roles from AWS's documentation and other pages, unchanged. */
const textbookCases = [
  {
    source: 'a console user who takes the switch to the command line',
    text: `[default]\nregion = us-east-1\noutput = json\n\n[profile cross-account]\nrole_arn = ${example('remote-viewer')}\nsource_profile = default\nregion = us-east-1\n`,
    target: 'cross-account',
    credentials: botSection('default'),
  },
  {
    source: "AWS's page on switching to a production role",
    text: `[profile prodaccess]\n    role_arn = ${example('ProductionAccessRole')}\n    source_profile = default\n`,
    target: 'prodaccess',
    credentials: botSection('default'),
  },
  {
    source: 'one person with several accounts',
    text: `[profile my_iam_user_assume_role]\nrole_arn = ${example('my-assume-role')}\nsource_profile = original_iam_user_profile\n`,
    target: 'my_iam_user_assume_role',
    credentials: botSection('original_iam_user_profile'),
  },
  {
    source: "AWS's page on an instance that works in another account",
    text: `[profile instancecrossaccount]\nrole_arn = ${spoke('efgh')}\ncredential_source = Ec2InstanceMetadata\n`,
    target: 'instancecrossaccount',
    machine: 'instance',
  },
  {
    source: 'a bucket in another account, from an instance',
    text: `[profile b-s3]\ncredential_source = Ec2InstanceMetadata\nrole_arn = ${example('role-b-s3')}\nregion = us-east-1\n`,
    target: 'b-s3',
    machine: 'instance',
  },
  {
    source: 'keys in the environment',
    text: `[profile env]\ncredential_source = Environment\nrole_arn = ${example('role-b-s3')}\n`,
    target: 'env',
    machine: 'environment',
  },
  {
    source: 'a chain of two, with every key that both know',
    text: `[profile hub]\nrole_arn = ${hub}\nsource_profile = default\n\n[profile leaf]\nrole_arn = ${spoke('audited')}\nsource_profile = hub\nexternal_id = partner-42\nduration_seconds = 1200\n`,
    target: 'leaf',
    credentials: botSection('default'),
  },
] as const;

type TextbookCase = (typeof textbookCases)[number];

async function textbookPlace(one: TextbookCase): Promise<JobSetup> {
  const machine = 'machine' in one ? one.machine : 'none';
  return withFile(one.text.replaceAll(/^(\s*)(role_arn)/gm, '$1role_session_name = same\n$1$2'), {
    withoutIdToken: true,
    ...('credentials' in one && { home: { '.aws/credentials': one.credentials } }),
    environment: (emulator) => ({
      ...(machine === 'instance' ? emulator.instanceEnvironment : { AWS_EC2_METADATA_DISABLED: 'true' }),
      ...(machine === 'environment' && botEnvironment),
    }),
  });
}

/** The calls that both clients make for a role, without the duration of middle hops, which each client chooses. */
function callsOf(requests: JobSetup['emulator']['requests']): unknown[] {
  const calls = requests.filter(({ operation }) => operation === 'AssumeRole');
  return calls.map(({ parameters: { DurationSeconds, ...others }, callerArn }, index) => {
    const isChosen = index === calls.length - 1 && DurationSeconds !== undefined && DurationSeconds !== '3600';
    return { ...others, callerArn, ...(isChosen && { DurationSeconds }) };
  });
}

describe('examples from documentation', () => {
  test.each(textbookCases)('$source', async (one) => {
    const setup = await textbookPlace(one);
    const result = await run(setup, one.target);
    expect(result.conclusion).toBe('success');
    expect(arnsOf(result)[one.target]).toMatch(/^arn:aws:sts::\d{12}:assumed-role\/[\w-]+\/same$/);
  });
});

const hasCli = isThere('aws', ['--version'], 'the AWS CLI reads the same role-chain file');

describe.skipIf(!hasCli)('the AWS CLI reads the same file', () => {
  test.each(textbookCases)('and makes the same calls: $source', async (one) => {
    const setup = await textbookPlace(one);
    const environment = { ...setup.job.environment };
    const result = await run(setup, one.target);
    const ours = callsOf(setup.emulator.requests);
    const before = setup.emulator.requests.length;
    const file = { AWS_CONFIG_FILE: join(setup.job.folders.workspace, path) };
    expect(await cliArn({ ...environment, ...file }, one.target)).toBe(arnsOf(result)[one.target]);
    expect(callsOf(setup.emulator.requests.slice(before))).toEqual(ours);
  });

  test("and can use a source from the user's own credentials file where a job has its ID token", async () => {
    const setup = await withFile(roles.replaceAll('[production]', '[profile production]'));
    const result = await run(setup, 'production', { 'role-session-name': 'same' });
    const mine = `${botSection('mine')}[hub]\nsource_profile = mine\n[production]\nrole_session_name = same\n`;
    await setup.job.run(`mkdir -p "$HOME/.aws" && cat > "$HOME/.aws/credentials" <<'END'\n${mine}END`);
    const { AWS_ENDPOINT_URL_STS = '', HOME = '' } = setup.job.environment;
    const environment = { AWS_ENDPOINT_URL_STS, HOME, AWS_CONFIG_FILE: join(setup.job.folders.workspace, path) };
    expect(await cliArn(environment, 'production')).toBe(arnsOf(result).production);
  });

  test('and has, under every profile that the step wrote, the identity that the step reports', async () => {
    const setup = await withFile(roles);
    const result = await run(setup, 'staging\nproduction', { 'aws-profile': 'production' });
    const environment = { ...setup.job.environment, AWS_EC2_METADATA_DISABLED: 'true' };
    const arns = arnsOf(result);
    expect(await cliArn(environment, 'staging')).toBe(arns.staging);
    expect(await cliArn(environment)).toBe(arns.production);
  });
});

const hasBoto = isThere('python3', ['-c', 'import boto3'], 'boto3 uses what the step left');
const whoAmI = "import boto3; print(boto3.client('sts', region_name='us-east-1').get_caller_identity()['Arn'])";

describe.skipIf(!hasBoto)('boto3 after the step', () => {
  test('has the role: for one target through variables, for several through a profile', async () => {
    const one = await withFile(roles);
    const result = await run(one, 'production');
    expect(await runClient('python3', ['-c', whoAmI], one.job.environment)).toBe(arnsOf(result).production);
    const several = await withFile(roles);
    const both = await run(several, 'staging\nproduction');
    const environment = { ...several.job.environment, AWS_PROFILE: 'staging' };
    expect(await runClient('python3', ['-c', whoAmI], environment)).toBe(arnsOf(both).staging);
  });
});
