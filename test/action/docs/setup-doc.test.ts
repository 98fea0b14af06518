import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { AccountDocument, PolicyDocument, WorldDocument } from '../../../emulator/world/world.js';
import { root } from '../../../scripts/root.js';
import { testableClaims } from '../../../src/domain/id-token/claims.js';
import { deploy, hub, production } from '../../support/example-world.js';
import { type FailingWalk, succeeds } from '../../support/explained.js';

const page = readFileSync(join(root, 'docs/setup.md'), 'utf8');

/** A JSON file of the page, by the name before it. */
function fileOf(name: string): PolicyDocument {
  const [, text] =
    new RegExp(`\`${name.replaceAll('.', '\\.')}\`[^\\n]*\\n\\n\`\`\`json\\n([\\s\\S]*?)\`\`\``).exec(page) ?? [];
  if (text === undefined) {
    throw new Error(`docs/setup.md has no ${name}`);
  }
  return JSON.parse(text) as PolicyDocument;
}

interface Template {
  readonly Parameters: Readonly<Record<string, { readonly Default: string; readonly Type: string }>>;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>>;
}

/** A CloudFormation template of the page, with its parameters and references resolved. */
function templateOf(name: string): Template {
  const [, text] = new RegExp(`\`${name}\`[^\\n]*\\n\\n\`\`\`yaml\\n([\\s\\S]*?)\`\`\``).exec(page) ?? [];
  if (text === undefined) {
    throw new Error(`docs/setup.md has no ${name}`);
  }
  const template = load(text) as Template;
  const filledIn = (reference: string): unknown => {
    const parameter = template.Parameters[reference];
    if (parameter === undefined) {
      return 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com';
    }
    return parameter.Type === 'CommaDelimitedList' ? parameter.Default.split(',') : parameter.Default;
  };
  return JSON.parse(JSON.stringify(template), (_, value: unknown) => {
    const reference = (value as { Ref?: unknown } | null)?.Ref;
    return typeof reference === 'string' ? filledIn(reference) : value;
  }) as Template;
}

interface SetUp {
  readonly hubTrust: PolicyDocument;
  readonly hubPermissions: PolicyDocument;
  readonly deployTrust: PolicyDocument;
}

const byCli: SetUp = {
  hubTrust: fileOf('ci-hub-trust.json'),
  hubPermissions: fileOf('ci-hub-permissions.json'),
  deployTrust: fileOf('deploy-trust.json'),
};

function byCloudFormation(): SetUp {
  const hubRole = templateOf('hub.yaml').Resources.Hub?.Properties as unknown as {
    AssumeRolePolicyDocument: PolicyDocument;
    Policies: readonly { PolicyDocument: PolicyDocument }[];
  };
  const spoke = templateOf('spoke.yaml').Resources.Deploy?.Properties as unknown as {
    AssumeRolePolicyDocument: PolicyDocument;
  };
  const [own] = hubRole.Policies;
  if (own === undefined) {
    throw new Error('hub.yaml has no policy');
  }
  return {
    hubTrust: hubRole.AssumeRolePolicyDocument,
    hubPermissions: own.PolicyDocument,
    deployTrust: spoke.AssumeRolePolicyDocument,
  };
}

/** A world with the setup of the page and nothing else. */
function worldOf({ hubTrust, hubPermissions, deployTrust }: SetUp, change?: (world: WorldDocument) => void) {
  return (world: WorldDocument): void => {
    const spoke = (): AccountDocument => ({
      organizationId: 'o-abcdefghij',
      roles: { deploy: { trustPolicy: deployTrust }, other: { trustPolicy: deployTrust } },
    });
    world.accounts = {
      '111111111111': {
        organizationId: 'o-abcdefghij',
        oidcProviders: [{ url: 'https://token.actions.githubusercontent.com', clientIds: ['sts.amazonaws.com'] }],
        roles: { 'ci-hub': { trustPolicy: hubTrust, policies: [hubPermissions] } },
      },
      '222222222222': spoke(),
      '333333333333': spoke(),
    };
    delete world.instance;
    delete world.container;
    change?.(world);
  };
}

function chain(...roles: readonly string[]): FailingWalk['inputs'] {
  return { 'role-chain': roles.join('\n') };
}

describe.each([
  ['the AWS CLI', () => byCli],
  ['CloudFormation', byCloudFormation],
])('the two accounts that %s sets up', (_, setUp) => {
  it('accept the job and reach the spoke', async () => {
    expect(await succeeds({ inputs: chain(hub, deploy), world: worldOf(setUp()) })).toBe(true);
  });

  it('reject any other repository and environment', async () => {
    for (const claims of [{ repository: 'octo-org/other' }, { environment: 'staging' }, { environment: '' }]) {
      const world = worldOf(setUp(), (changed) => {
        changed.job = { ...changed.job, claims: { ...changed.job?.claims, ...claims } };
      });
      expect(await succeeds({ inputs: chain(hub), world }), JSON.stringify(claims)).toBe(false);
    }
  });

  it('reach no other role and no other account', async () => {
    for (const other of [production, deploy.replace('deploy', 'other')]) {
      expect(await succeeds({ inputs: chain(hub, other), world: worldOf(setUp()) }), other).toBe(false);
    }
  });
});

describe('environments of a matrix', () => {
  const setUp: SetUp = { ...byCli, hubTrust: fileOf('ci-hub-trust-environments.json') };

  it('are all accepted, and no other', async () => {
    for (const [environment, isLet] of [
      ['staging', true],
      ['production', true],
      ['preview', false],
      ['', false],
    ] as const) {
      const world = worldOf(setUp, (changed) => {
        changed.job = { ...changed.job, claims: { ...changed.job?.claims, environment } };
      });
      expect(await succeeds({ inputs: chain(hub), world }), environment).toBe(isLet);
    }
  });
});

describe('the page’s conditions on claims', () => {
  const setUp: SetUp = { ...byCli, hubTrust: fileOf('ci-hub-trust-claims.json') };
  const worldWith = (claims: Readonly<Record<string, string>>) =>
    worldOf(setUp, (changed) => {
      changed.job = { ...changed.job, claims: { ...changed.job?.claims, ...claims } };
    });

  it('accept the reviewed workflow of the repository', async () => {
    expect(await succeeds({ inputs: chain(hub), world: worldWith({}) })).toBe(true);
  });

  it('reject another workflow, and another repository with the old name', async () => {
    const other = 'octo-org/octo-repo/.github/workflows/other.yml@refs/heads/main';
    expect(await succeeds({ inputs: chain(hub), world: worldWith({ job_workflow_ref: other }) })).toBe(false);
    expect(await succeeds({ inputs: chain(hub), world: worldWith({ repository_id: '75' }) })).toBe(false);
  });

  it('are all explained', () => {
    for (const claim of testableClaims) {
      expect(page).toMatch(new RegExp(`^\\| .*\`${claim}\`.* \\|`, 'm'));
    }
  });
});

describe('hub and spoke', () => {
  const setUp: SetUp = { ...byCli, hubPermissions: fileOf('ci-hub-permissions-organization.json') };

  it('reaches the one role in every account of the organization', async () => {
    const inputs = { targets: `staging: [${hub}, ${deploy}]\nprod: [${hub}, ${production}]` };
    expect(await succeeds({ inputs, world: worldOf(setUp) })).toBe(true);
    expect(await succeeds({ inputs: chain(hub, deploy.replace('deploy', 'other')), world: worldOf(setUp) })).toBe(
      false,
    );
  });

  it('reaches no account outside of it', async () => {
    const world = worldOf(setUp, ({ accounts }) => {
      const account = accounts['333333333333'];
      if (account) {
        account.organizationId = 'o-zzzzzzzzzz';
      }
    });
    expect(await succeeds({ inputs: chain(hub, production), world })).toBe(false);
  });
});

describe('a runner on AWS', () => {
  const runner = 'arn:aws:iam::111111111111:role/ci-runner';
  const worldWith = (deployTrust: PolicyDocument, permissions: PolicyDocument) =>
    worldOf({ ...byCli, deployTrust }, (world) => {
      const trustPolicy = {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      } as const;
      Object.assign(world.accounts['111111111111']?.roles ?? {}, {
        'ci-runner': { trustPolicy, policies: [permissions] },
      });
      world.instance = { role: runner };
    });
  const becomesDeploy = (world: FailingWalk['world'], inputs = {}) =>
    succeeds({
      inputs: { 'credential-source': 'Ec2InstanceMetadata', 'role-to-assume': deploy, ...inputs },
      ...(world && { world }),
      prepare: ({ instanceEnvironment }) => {
        for (const [name, value] of Object.entries(instanceEnvironment)) {
          vi.stubEnv(name, value);
        }
        onTestFinished(() => void vi.unstubAllEnvs());
      },
    });
  const trust = fileOf('deploy-trust-runner.json');
  const permissions = fileOf('ci-runner-permissions.json');

  it('assumes the role, with the default session tags', async () => {
    expect(await becomesDeploy(worldWith(trust, permissions))).toBe(true);
  });

  it('needs sts:TagSession in both policies, unless it sends no tags', async () => {
    const trustAlone = withoutTagSession(trust);
    const permissionsAlone = withoutTagSession(permissions);
    expect(await becomesDeploy(worldWith(trustAlone, permissions))).toBe(false);
    expect(await becomesDeploy(worldWith(trust, permissionsAlone))).toBe(false);
    const untagged = { 'role-skip-session-tagging': 'true' };
    expect(await becomesDeploy(worldWith(trustAlone, permissionsAlone), untagged)).toBe(true);
  });
});

function withoutTagSession(policy: PolicyDocument): PolicyDocument {
  return JSON.parse(JSON.stringify(policy).replace(',"sts:TagSession"', '')) as PolicyDocument;
}

describe('further conditions', () => {
  it('accept a hop with the external ID, and none without', async () => {
    const world = worldOf({ ...byCli, deployTrust: fileOf('deploy-trust-external-id.json') });
    const inputs = { ...chain(hub, deploy), 'role-external-id': 'partner-42' };
    expect(await succeeds({ inputs, world })).toBe(true);
    expect(await succeeds({ inputs: chain(hub, deploy), world })).toBe(false);
  });

  it('accept a hop with these tags and source identity, and no other tags', async () => {
    const setUp = {
      ...byCli,
      deployTrust: fileOf('deploy-trust-tags.json'),
      hubPermissions: fileOf('ci-hub-permissions-tags.json'),
    };
    const inputs = { ...chain(hub, deploy), 'source-identity': 'octocat', 'custom-tags': '{"Team":"platform"}' };
    expect(await succeeds({ inputs, world: worldOf(setUp) })).toBe(true);
    expect(await succeeds({ inputs: { ...inputs, 'custom-tags': '{"Tier":"1"}' }, world: worldOf(setUp) })).toBe(false);
  });
});

describe('Terraform', () => {
  it('configures the same as CloudFormation and the JSON files', () => {
    const terraform = [...page.matchAll(/```hcl\n([\s\S]*?)```/g)].map(([, text]) => text).join('\n');
    const policies = ['ci-hub-trust', 'ci-hub-permissions', 'ci-hub-permissions-organization'].map((name) =>
      fileOf(`${name}.json`),
    );
    const words = JSON.stringify(policies).match(/"[^"]+"(?=[,}\]])/g) ?? [];
    expect(words.length).toBeGreaterThan(8);
    for (const word of words.filter((text) => !text.includes('oidc-provider/'))) {
      expect(terraform).toContain(word);
    }
  });
});
