import { deploy, hub, production } from '../support/example-world.js';
import type { Random } from './random.js';

const keyId = 'AKIAIOSFODNN7EXAMPLE';

/** The secret key of the example world's user. */
export const secretKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

/** A step that would succeed without faults. */
export interface Scenario {
  readonly with: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** Files that the step reads, below the home folder (`~/`) or the workspace. */
  readonly files: Readonly<Record<string, string>>;
}

type Part = Partial<Scenario>;

const userKeys = { 'aws-access-key-id': keyId, 'aws-secret-access-key': secretKey };
const section = `aws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n`;

/** Base identities. The ID token is the job's own, and `token.txt` contains one. */
const bases: readonly Part[] = [
  {},
  {},
  { with: userKeys },
  {
    with: userKeys,
    env: { AWS_PROFILE: 'other' },
    files: { '~/.aws/config': '[profile other]\nregion = eu-west-2\n' },
  },
  {
    with: { 'credential-source': 'Environment' },
    env: { AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey },
  },
  { with: { 'web-identity-token-file': 'token.txt' } },
  { with: { 'credential-source': 'default-chain' }, files: { '~/.aws/credentials': `[default]\n${section}` } },
  {
    with: { 'role-chaining': 'true' },
    env: { AWS_PROFILE: 'wide' },
    files: {
      '~/.aws/config': `# mine\n[profile wide]\nrole_arn = ${hub}\nsource_profile = base\n`,
      '~/.aws/credentials': `[base]\n${section}`,
    },
  },
  { with: { 'credential-source': 'EcsContainer' } },
  { with: { 'credential-source': 'Ec2InstanceMetadata' } },
];

/** Chains and targets. */
const chains: readonly Part[] = [
  { with: { 'role-to-assume': hub } },
  { with: { 'role-chain': `${hub}\n${deploy}` } },
  {
    with: {
      'role-chain': `- ${hub}\n- role-to-assume: ${deploy}\n  role-duration-seconds: 20m\n  custom-tags: {a: b}`,
    },
  },
  { with: { targets: `a: [${hub}, ${deploy}]\nb: [${hub}, ${production}]` } },
  {
    with: { targets: 'a\nb', 'role-chain-file': 'roles.ini' },
    files: {
      'roles.ini': `[profile hub]\nrole_arn = ${hub}\n[profile a]\nrole_arn = ${deploy}\nsource_profile = hub\n[b]\nrole_arn=${production}\nsource_profile=hub\n`,
    },
  },
  {
    with: { targets: 'all', 'role-chain-file': 'roles.yml' },
    files: {
      'roles.yml': `via: { hub: [${hub}] }\ntargets:\n  a: { via: hub, role-to-assume: ${deploy}, matrix: { stage: one } }\n  b: [${hub}, ${production}]\n`,
    },
  },
];

/** Handovers. */
const ends: readonly Part[] = [
  {},
  {},
  { with: { 'aws-profile': 'mine' } },
  {
    with: { 'aws-profile': 'mine', 'overwrite-aws-profile': 'true' },
    files: {
      '~/.aws/credentials':
        '[mine]\naws_access_key_id\t=AKIAOVERWRITTEN00000\naws_secret_access_key=overwritten/secret/of/the/users/own/0000\n\n# end',
    },
  },
  { with: { refresh: 'true' } },
  { with: { 'dry-run': 'true' } },
  { with: { 'output-credentials': 'true', 'mask-aws-account-id': 'true' } },
];

/** A random step: a base, a chain and a handover. */
export function anyScenario(random: Random): Scenario {
  const parts = [random.one(bases), random.one(chains), random.one(ends)];
  const files: Record<string, string> = {};
  for (const [path, text] of parts.flatMap((part) => Object.entries(part.files ?? {}))) {
    files[path] = (files[path] ?? '') + text;
  }
  return {
    with: Object.assign({}, ...parts.map((part) => part.with)),
    env: Object.assign({}, ...parts.map((part) => part.env)),
    files,
  };
}
