/** One step of a workflow, and how it should end. */
export interface Scenario {
  readonly title: string;
  readonly told: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Whether the job has `id-token: write`. */
  readonly hasIdToken: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ends: 'success' | 'failure';
}

const hub = 'arn:aws:iam::111111111111:role/ci-hub';

/** The keys that AWS's documentation uses as its example. */
const exampleKey = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };

/** The main job, from each kind of base; then what AWS would refuse, before and after it is asked. */
export const scenarios: readonly Scenario[] = [
  {
    title: '1. A chain from the job’s ID token: hub account, then the account to deploy to',
    told: 'One step, two hops, no stored key. Only the last session is handed over.',
    inputs: { 'aws-region': 'eu-west-1', 'role-chain': `${hub}\narn:aws:iam::222222222222:role/deploy\n` },
    hasIdToken: true,
    ends: 'success',
  },
  {
    title: '2. The same chain from access keys, with an external ID at the last hop',
    told: 'The hop says its own words: external ID, duration.',
    inputs: {
      'aws-region': 'eu-west-1',
      'aws-access-key-id': exampleKey.id,
      'aws-secret-access-key': exampleKey.secret,
      'role-chain': `- ${hub}\n- role-to-assume: arn:aws:iam::333333333333:role/audited\n  role-external-id: partner-42\n  role-duration-seconds: 30m\n`,
    },
    hasIdToken: false,
    ends: 'success',
  },
  {
    title: '3. Two accounts in one step',
    told: 'The hub is assumed once, the accounts behind it at the same time; each becomes an AWS profile.',
    inputs: {
      'aws-region': 'eu-west-1',
      targets: `staging: [${hub}, arn:aws:iam::222222222222:role/deploy]\nprod: [${hub}, arn:aws:iam::333333333333:role/deploy]\n`,
    },
    hasIdToken: true,
    ends: 'success',
  },
  {
    title: '4. A chain that AWS would refuse, told before AWS is asked',
    told: 'Two hours behind a hub role: AWS ends chained sessions after one.',
    inputs: {
      'aws-region': 'eu-west-1',
      'role-chain': `${hub}\narn:aws:iam::222222222222:role/deploy\n`,
      'role-duration-seconds': '2h',
    },
    hasIdToken: true,
    ends: 'failure',
  },
  {
    title: '5. A chain that AWS refuses',
    told: 'The trust policy wants an external ID, and the hop gives none. AWS does not say which of the usual causes it was.',
    inputs: { 'aws-region': 'eu-west-1', 'role-chain': `${hub}\narn:aws:iam::333333333333:role/audited\n` },
    hasIdToken: true,
    ends: 'failure',
  },
];
