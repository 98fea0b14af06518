import type {
  AccountDocument,
  PolicyDocument,
  RoleDocument,
  UserDocument,
  WorldDocument,
} from '../../emulator/world/world.js';

/** The roles in the examples of aws-actions/configure-aws-credentials' README. */
export const firstRole = 'arn:aws:iam::123456789100:role/my-github-actions-role';
export const otherRole = 'arn:aws:iam::123456789100:role/my-other-github-actions-role';
export const secondRole = 'arn:aws:iam::987654321000:role/my-second-role';
export const devRole = 'arn:aws:iam::111111111111:role/dev-role';
export const prodRole = 'arn:aws:iam::222222222222:role/prod-role';

/** AWS's documented example keys, here of a user in the account of the first role. */
export const userKeys = {
  'aws-access-key-id': 'AKIAI44QH8DHBEXAMPLE',
  'aws-secret-access-key': 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY',
} as const;

/** The same keys as environment variables, as an earlier step would export them. */
export const userVariables = {
  AWS_ACCESS_KEY_ID: userKeys['aws-access-key-id'],
  AWS_SECRET_ACCESS_KEY: userKeys['aws-secret-access-key'],
} as const;

/** Replaces the accounts of a world by those of these examples; every role accepts every caller. */
export function documentedWorld(world: WorldDocument): void {
  world.accounts = {
    '123456789100': {
      ...account('123456789100', ['my-github-actions-role', 'my-other-github-actions-role', 'my-role', 'runner']),
      users: { 'ci-bot': user },
    },
    '987654321000': account('987654321000', ['my-second-role']),
    '111111111111': account('111111111111', ['dev-role', 'my-first-role']),
    '222222222222': account('222222222222', ['prod-role']),
  };
  const first = world.accounts['123456789100'];
  if (first?.roles) {
    first.roles.deployer = { ...role('123456789100', 'aws'), path: '/team/' };
  }
  world.instance = { role: 'arn:aws:iam::123456789100:role/runner' };
  world.container = { role: 'arn:aws:iam::123456789100:role/runner' };
}

/** The same with one account in another partition. */
export function documentedPartition(partition: string): (world: WorldDocument) => void {
  return (world) => {
    const id = '123456789100';
    world.accounts = {
      [id]: { ...account(id, ['my-github-actions-role'], partition), partition, users: { 'ci-bot': user } },
    };
    delete world.instance;
    delete world.container;
  };
}

const everything: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:*', Resource: '*' }],
};

const user: UserDocument = {
  accessKeys: [{ accessKeyId: userKeys['aws-access-key-id'], secretAccessKey: userKeys['aws-secret-access-key'] }],
  policies: [everything],
};

function account(id: string, roles: readonly string[], partition = 'aws'): AccountDocument {
  return {
    oidcProviders: [
      { url: 'https://token.actions.githubusercontent.com', clientIds: ['sts.amazonaws.com', 'sts.amazonaws.com.cn'] },
    ],
    roles: Object.fromEntries(roles.map((name) => [name, role(id, partition)])),
  };
}

function role(accountId: string, partition: string): RoleDocument {
  const provider = `arn:${partition}:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`;
  const statements = [
    { Principal: { AWS: '*' }, Action: ['sts:AssumeRole', 'sts:TagSession'] },
    { Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity' },
    { Principal: { Service: ['ec2.amazonaws.com', 'ecs-tasks.amazonaws.com'] }, Action: 'sts:AssumeRole' },
  ];
  return {
    maxSessionDuration: 43_200,
    trustPolicy: { Version: '2012-10-17', Statement: statements.map((one) => ({ Effect: 'Allow', ...one })) },
    policies: [everything],
  };
}
