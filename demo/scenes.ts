/** One step of a workflow, and how it should end. */
export interface Scene {
  readonly title: string;
  /** What the scene shows. */
  readonly notice: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Whether the job has `id-token: write`. */
  readonly hasIdToken: boolean;
  /** A later `run:` step of the job; it runs when the AWS CLI is installed. */
  readonly later?: string;
  readonly ends: 'success' | 'failure';
}

const hub = 'arn:aws:iam::111111111111:role/ci-hub';
const region = { 'aws-region': 'eu-west-1' };
const chain = `${hub}\narn:aws:iam::222222222222:role/deploy\n`;
const targets = `staging: [${hub}, arn:aws:iam::222222222222:role/deploy]\nprod: [${hub}, arn:aws:iam::333333333333:role/deploy]\n`;

/** The example keys of AWS's documentation. */
const exampleKeys = {
  'aws-access-key-id': 'AKIAIOSFODNN7EXAMPLE',
  'aws-secret-access-key': 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** Chains that succeed, sessions for later steps, and two chains that fail. */
export const scenes: readonly Scene[] = [
  {
    title: "A chain from the job's ID token",
    notice: 'One step, two hops, no stored key. Only the last session is exported.',
    inputs: { ...region, 'role-chain': chain },
    hasIdToken: true,
    later: 'aws sts get-caller-identity --query Arn --output text',
    ends: 'success',
  },
  {
    title: 'From access keys, with an external ID at the last hop',
    notice: 'A hop has the same options as the inputs of the step.',
    inputs: {
      ...region,
      ...exampleKeys,
      'role-chain': `- ${hub}\n- role-to-assume: arn:aws:iam::333333333333:role/audited\n  role-external-id: partner-42\n  role-duration-seconds: 30m\n`,
    },
    hasIdToken: false,
    ends: 'success',
  },
  {
    title: 'Two accounts in one step',
    notice: 'The hub role is assumed once. Each target becomes an AWS profile; no key is in the environment.',
    inputs: { ...region, targets },
    hasIdToken: true,
    later: 'aws sts get-caller-identity --profile prod --query Arn --output text',
    ends: 'success',
  },
  {
    title: 'A profile that renews its session',
    notice: 'Tools get credentials from the profile, which assumes the roles again before the session expires.',
    inputs: { ...region, 'role-chain': chain, refresh: 'true' },
    hasIdToken: true,
    later: 'aws sts get-caller-identity --query Arn --output text',
    ends: 'success',
  },
  {
    title: 'A dry run',
    notice: 'It needs no permissions and makes no calls. It prints the plan and the policies that each account needs.',
    inputs: { ...region, 'role-chain': chain, 'dry-run': 'true' },
    hasIdToken: false,
    ends: 'success',
  },
  {
    title: 'A chain that AWS would refuse, rejected before any call',
    notice: 'It asks for two hours behind a hub role, but AWS limits chained sessions to one hour.',
    inputs: { ...region, 'role-chain': chain, 'role-duration-seconds': '2h' },
    hasIdToken: true,
    ends: 'failure',
  },
  {
    title: 'A chain that AWS refuses',
    notice: 'The trust policy requires an external ID, and the hop sends none. The log says what to check, in order.',
    inputs: { ...region, 'role-chain': `${hub}\narn:aws:iam::333333333333:role/audited\n` },
    hasIdToken: true,
    ends: 'failure',
  },
];
