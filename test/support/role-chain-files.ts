import type { WorldDocument } from '../../emulator/world/world.js';
import type { StepResult } from '../../runner/step-result.js';
import { profileText } from './base-files.js';
import { bot, hub, keyVariables, spoke } from './example-world.js';
import { openStage, type Stage, type StageOptions } from './stage.js';
import { policy } from './world-roles.js';

/** The role-chain file of `withFile`. */
export const path = '.github/aws-roles.ini';
const runner = 'arn:aws:iam::111111111111:role/runner';
/** A role of the documentation's account. */
export const example = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

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

/** A job of the documentation's world whose workspace has this role-chain file. */
export function withFile(text: string, options: StageOptions = {}): Promise<Stage> {
  return openStage({ change: textbook, region: false, ...options, workspace: { [path]: text, ...options.workspace } });
}

/** Runs the step with the role-chain file. */
export function run(stage: Stage, targets: string, inputs: Record<string, string> = {}): Promise<StepResult> {
  return stage.run({ 'role-chain-file': path, targets, ...inputs });
}

/** The ARN of each target, by name. */
export function arnsOf(result: StepResult): Record<string, string> {
  const targets = JSON.parse(result.outputs.targets ?? '{}') as Record<string, { arn: string }>;
  return Object.fromEntries(Object.entries(targets).map(([name, { arn }]) => [name, arn]));
}

/** A role-chain file with a shared beginning. */
export const roles = `# The hub is where every chain begins.
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

/** Examples of switching roles from AWS's documentation and other pages, unchanged. */
export const textbookCases = [
  {
    source: 'a console user who takes the switch to the command line',
    text: `[default]\nregion = us-east-1\noutput = json\n\n[profile cross-account]\nrole_arn = ${example('remote-viewer')}\nsource_profile = default\nregion = us-east-1\n`,
    target: 'cross-account',
    credentials: profileText('default'),
  },
  {
    source: "AWS's page on switching to a production role",
    text: `[profile prodaccess]\n    role_arn = ${example('ProductionAccessRole')}\n    source_profile = default\n`,
    target: 'prodaccess',
    credentials: profileText('default'),
  },
  {
    source: 'one person with several accounts',
    text: `[profile my_iam_user_assume_role]\nrole_arn = ${example('my-assume-role')}\nsource_profile = original_iam_user_profile\n`,
    target: 'my_iam_user_assume_role',
    credentials: profileText('original_iam_user_profile'),
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
    credentials: profileText('default'),
  },
] as const;

type TextbookCase = (typeof textbookCases)[number];

/** A job with the file of an example, and the credentials that it needs. */
export async function textbookPlace(one: TextbookCase): Promise<Stage> {
  const machine = 'machine' in one ? one.machine : 'none';
  return withFile(one.text.replaceAll(/^(\s*)(role_arn)/gm, '$1role_session_name = same\n$1$2'), {
    idToken: false,
    ...('credentials' in one && { home: { '.aws/credentials': one.credentials } }),
    environment: (emulator) => ({
      ...(machine === 'instance' ? emulator.instanceEnvironment : { AWS_EC2_METADATA_DISABLED: 'true' }),
      ...(machine === 'environment' && keyVariables),
    }),
  });
}
