import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { WorldDocument, PolicyDocument as WorldPolicy } from '../../../emulator/world/world.js';
import type { PolicyDocument } from '../../../src/domain/needed-policies/policy-document.js';
import { deploy, hub, keys } from '../../support/example-world.js';
import { explained, type FailingWalk, policiesOf, succeeds } from '../../support/explained.js';

const nothing: WorldPolicy = { Version: '2012-10-17', Statement: [] };

function roleIn(world: WorldDocument, arn: string) {
  const account = world.accounts[arn.split(':')[4] ?? ''];
  const role = account?.roles?.[arn.split('/').at(-1) ?? ''];
  if (role === undefined) {
    throw new Error(`the world has no ${arn}`);
  }
  return role;
}

/** Removes the trust policy of a role and the permissions of its caller, so that nothing is allowed. */
function emptied(target: string, caller: string = hub) {
  return (world: WorldDocument): void => {
    roleIn(world, target).trustPolicy = structuredClone(nothing);
    const own = caller.includes(':user/') ? world.accounts['111111111111']?.users?.['ci-bot'] : roleIn(world, caller);
    if (own !== undefined) {
      own.policies = [];
    }
  };
}

/** Adds the printed policies where the explanation says, and nothing else. */
function pasted(walk: FailingWalk, target: string, [trust, own]: readonly PolicyDocument[], caller: string = hub) {
  return {
    ...walk,
    world: (world: WorldDocument): void => {
      walk.world?.(world);
      roleIn(world, target).trustPolicy = structuredClone(trust ?? nothing) as unknown as WorldPolicy;
      const user = world.accounts['111111111111']?.users?.['ci-bot'];
      const holder = caller.includes(':user/') ? user : roleIn(world, caller);
      if (own !== undefined && holder !== undefined) {
        holder.policies = [structuredClone(own) as unknown as WorldPolicy];
      }
    },
  };
}

const chains: readonly (readonly [what: string, hop: string])[] = [
  ['nothing but the role', `- role-to-assume: ${deploy}`],
  ['an external ID', `- role-to-assume: ${deploy}\n  role-external-id: partner-42`],
  ['session tags', `- role-to-assume: ${deploy}\n  custom-tags: { Team: platform, Tier: "1" }`],
  [
    'transitive tags',
    `- role-to-assume: ${deploy}\n  custom-tags: { Team: platform, Tier: "1" }\n  transitive-tag-keys: [Team]`,
  ],
  ['a source identity', `- role-to-assume: ${deploy}\n  source-identity: octocat`],
  [
    'all of them',
    `- role-to-assume: ${deploy}\n  role-external-id: partner-42\n  source-identity: octocat\n  custom-tags: { Team: platform }`,
  ],
];

describe('the policies printed for a refused hop', () => {
  it.each(chains)('allow exactly that hop when added: %s', async (_, hop) => {
    const walk: FailingWalk = { inputs: { 'role-chain': `- ${hub}\n${hop}` }, world: emptied(deploy) };
    const policies = policiesOf(await explained(walk));
    expect(policies).toHaveLength(2);
    expect(await succeeds(pasted(walk, deploy, policies))).toBe(true);
    expect(await succeeds(pasted(walk, deploy, policies.slice(0, 1))), 'the trust policy alone').toBe(false);
    expect(JSON.stringify(policies)).not.toContain('"*"');
  });

  it('allow a user who starts with keys', async () => {
    const user = 'arn:aws:iam::111111111111:user/ci-bot';
    const walk: FailingWalk = { inputs: { ...keys, 'role-to-assume': deploy }, world: emptied(deploy, user) };
    const explanation = await explained(walk);
    expect(explanation.story).toContain(`Permissions policy of ${user}`);
    expect(await succeeds(pasted(walk, deploy, policiesOf(explanation), user))).toBe(true);
  });

  it('cover every default session tag, including those that this run lacks', async () => {
    const walk: FailingWalk = {
      inputs: { ...keys, 'role-to-assume': deploy },
      environment: { GITHUB_REPOSITORY: 'octo-org/octo-repo', GITHUB_HEAD_REF: '' },
      world: emptied(deploy, 'arn:aws:iam::111111111111:user/ci-bot'),
    };
    expect(JSON.stringify(policiesOf(await explained(walk)))).toContain('"HeadRef"');
  });

  it('name the calling role with its path, which its session ARN lacks', async () => {
    const pathed = 'arn:aws:iam::111111111111:role/ci/prod/ci-hub';
    const walk: FailingWalk = {
      inputs: { 'role-chain': `${pathed}\n${deploy}` },
      world: (world) => {
        roleIn(world, hub).path = '/ci/prod/';
        emptied(deploy)(world);
      },
    };
    const policies = policiesOf(await explained(walk));
    expect(policies[0]?.Statement[0]?.Principal).toEqual({ AWS: pathed });
    expect(await succeeds(pasted(walk, deploy, policies))).toBe(true);
  });

  it.each(['eu-west-1/', ''])('allow a role of Identity Center, whose path has the Region %j', async (region) => {
    const path = `/aws-reserved/sso.amazonaws.com/${region}`;
    const name = 'AWSReservedSSO_Admin_0123456789abcdef';
    const role = `arn:aws:iam::111111111111:role${path}${name}`;
    const walk: FailingWalk = {
      inputs: { 'credential-source': 'Ec2InstanceMetadata', 'role-to-assume': deploy },
      prepare: ({ environment, url }) => {
        // The SDK reads the metadata endpoint from the environment of its own process.
        vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', environment.AWS_EC2_METADATA_SERVICE_ENDPOINT ?? url);
        onTestFinished(() => void vi.unstubAllEnvs());
      },
      world: (world) => {
        const roles = world.accounts['111111111111']?.roles;
        if (roles) {
          roles[name] = { path, trustPolicy: structuredClone(nothing), policies: [] };
        }
        world.instance = { role };
        emptied(deploy, role)(world);
      },
    };
    expect(await succeeds(pasted(walk, deploy, policiesOf(await explained(walk)), role))).toBe(true);
  });

  it('name the hop that set the tags which are refused two hops later', async () => {
    const last = 'arn:aws:iam::333333333333:role/strict';
    const walk: FailingWalk = {
      inputs: {
        'role-chain': `- ${hub}\n- role-to-assume: ${deploy}\n  custom-tags: { Team: platform }\n  transitive-tag-keys: [Team]\n- ${last}`,
      },
      world: (world) => {
        const trust = roleIn(world, last).trustPolicy;
        trust.Statement = [{ Effect: 'Allow', Principal: { AWS: deploy }, Action: 'sts:AssumeRole' }];
      },
    };
    const explanation = await explained(walk);
    expect(explanation.title).toBe('Hop 3 of 3: AWS refused the session tags (AccessDenied)');
    expect(explanation.story).toContain(`Team. Hop 2 (${deploy}) set them`);
    expect(JSON.stringify(policiesOf(explanation)[0])).toContain('"aws:TagKeys":["Team"]');
    expect(await succeeds(pasted(walk, last, policiesOf(explanation), deploy))).toBe(true);
  });

  it('name the hop that set the source identity which is refused later', async () => {
    const explanation = await explained({
      inputs: {
        'source-identity': 'octocat',
        'role-chain': `${hub}\n${deploy}\narn:aws:iam::333333333333:role/strict`,
      },
      world: (world) => {
        roleIn(world, 'arn:aws:iam::333333333333:role/strict').trustPolicy.Statement = [
          { Effect: 'Allow', Principal: { AWS: deploy }, Action: 'sts:AssumeRole' },
        ];
      },
    });
    expect(explanation.title).toContain('Hop 3 of 3: AWS refused the source identity');
    expect(explanation.story).toContain(`A source identity. Hop 2 (${deploy}) set it`);
  });

  it('say that the base identity has tags when no hop declares any', async () => {
    const message = `User: x is not authorized to perform: sts:TagSession on resource: ${deploy}`;
    const { story, parts } = await explained({
      inputs: { ...keys, 'role-to-assume': deploy, 'role-skip-session-tagging': 'true' },
      prepare: ({ faults }) =>
        faults.add({ operation: 'AssumeRole', fault: { kind: 'error', code: 'AccessDenied', status: 403, message } }),
    });
    expect(story).toContain('EKS Pod Identity');
    expect(JSON.stringify(parts)).toContain('sts:TagSession');
  });

  it('are omitted when a Deny is the cause, which no Allow can change', async () => {
    const explanation = await explained({
      inputs: { 'role-chain': `${hub}\n${deploy}` },
      world: (world) => {
        const hubAccount = world.accounts['111111111111'];
        if (hubAccount) {
          hubAccount.serviceControlPolicies = [
            {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Action: '*', Resource: '*' },
                { Effect: 'Deny', Action: 'sts:AssumeRole', Resource: deploy },
              ],
            },
          ];
        }
      },
    });
    expect(explanation.story).toContain('with an explicit deny in a service control policy');
    expect(policiesOf(explanation)).toEqual([]);
  });
});

describe('a job whose ID token AWS rejects', () => {
  const classic = 'repo:octo-org/octo-repo:environment:production';
  const immutable = 'repo:octo-org@65/octo-repo@74:environment:production';

  it.each([
    ['immutable', true, immutable, classic],
    ['classic', false, classic, immutable],
  ])(
    'sees its claims, the %s form of its sub, and the Condition that accepts it',
    async (form, isImmutable, sub, other) => {
      const walk: FailingWalk = {
        inputs: { 'role-to-assume': hub },
        world: (world) => {
          world.job = { ...world.job, immutableSubject: isImmutable };
          emptied(hub)(world);
        },
      };
      const explanation = await explained(walk);
      const [trust] = policiesOf(explanation);
      expect(explanation.story).toContain(`has the ${form} form`);
      expect(explanation.story).toContain(JSON.stringify([sub, other]));
      expect(explanation.story).toMatch(/repository +octo-org\/octo-repo\n/);
      expect(explanation.story).toMatch(/environment +production\n/);
      expect(explanation.story).not.toMatch(/eyJ/);
      expect(trust?.Statement[0]?.Condition).toEqual({
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': sub,
          'token.actions.githubusercontent.com:repository_id': '74',
        },
      });
      expect(await succeeds(pasted(walk, hub, policiesOf(explanation)))).toBe(true);
      const stranger: FailingWalk = {
        ...walk,
        world: (world) => {
          walk.world?.(world);
          world.job = { ...world.job, claims: { ...world.job?.claims, environment: 'staging' } };
        },
      };
      expect(await succeeds(pasted(stranger, hub, policiesOf(explanation))), 'another environment').toBe(false);
    },
  );

  it('gets the command that creates the missing provider', async () => {
    const { story } = await explained({
      inputs: { 'role-to-assume': hub },
      world: (world) => {
        const account = world.accounts['111111111111'];
        if (account) {
          account.oidcProviders = [];
        }
      },
    });
    expect(story).toContain('The account of the role has no OIDC provider for this issuer');
    expect(story).toContain(
      'aws iam create-open-id-connect-provider --url https://token.actions.githubusercontent.com --client-id-list sts.amazonaws.com',
    );
  });

  it('gets the command that adds its audience', async () => {
    const { story } = await explained({ inputs: { 'role-to-assume': hub, audience: 'https://example.com' } });
    expect(story).toContain('The OIDC provider does not accept this audience');
    expect(story).toContain(
      '--open-id-connect-provider-arn arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com --client-id https://example.com',
    );
  });

  it('gets the explanation that its token has expired', async () => {
    const { title } = await explained({
      inputs: { 'role-to-assume': hub },
      prepare: ({ faults }) =>
        faults.add({ operation: 'AssumeRoleWithWebIdentity', fault: { kind: 'expired-web-token' }, first: 9 }),
    });
    expect(title).toContain('The token or assertion has expired');
  });
});
