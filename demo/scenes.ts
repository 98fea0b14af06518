/** One step of a workflow, and how it should end. */
export interface Scene {
  readonly title: string;
  /** What a reader should notice. */
  readonly notice: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Whether the job has `id-token: write`. */
  readonly hasIdToken: boolean;
  /** A later `run:` step of the job, where the AWS CLI is there to run it. */
  readonly later?: string;
  readonly ends: 'success' | 'failure';
}

const hub = 'arn:aws:iam::111111111111:role/ci-hub';
const region = { 'aws-region': 'eu-west-1' };
const chain = `${hub}\narn:aws:iam::222222222222:role/deploy\n`;
const targets = `staging: [${hub}, arn:aws:iam::222222222222:role/deploy]\nprod: [${hub}, arn:aws:iam::333333333333:role/deploy]\n`;

/** The keys that AWS's documentation uses as its example. */
const exampleKeys = {
  'aws-access-key-id': 'AKIAIOSFODNN7EXAMPLE',
  'aws-secret-access-key': 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** The main job, what it leaves for later steps, and what a refused chain looks like. */
export const scenes: readonly Scene[] = [
  {
    title: "A chain from the job's ID token",
    notice: 'One step, two hops, no stored key. Only the last session is handed over.',
    inputs: { ...region, 'role-chain': chain },
    hasIdToken: true,
    later: 'aws sts get-caller-identity --query Arn --output text',
    ends: 'success',
  },
  {
    title: 'From access keys, with an external ID at the last hop',
    notice: 'A hop is written with the same words as the inputs of the step.',
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
    title: 'A session that renews itself',
    notice: 'Every tool asks the profile, and the profile walks the chain again when the session is near its end.',
    inputs: { ...region, 'role-chain': chain, refresh: 'true' },
    hasIdToken: true,
    later: 'aws sts get-caller-identity --query Arn --output text',
    ends: 'success',
  },
  {
    title: 'A dry run',
    notice: 'No call, no permission: the plan, the rules, and the policies that each account needs.',
    inputs: { ...region, 'role-chain': chain, 'dry-run': 'true' },
    hasIdToken: false,
    ends: 'success',
  },
  {
    title: 'A chain that AWS would refuse, refused before AWS is asked',
    notice: 'Two hours behind a hub role: AWS ends chained sessions after one.',
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
