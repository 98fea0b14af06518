import { describe, expect, it } from 'vitest';
import type { BaseIdentity } from '../../../src/domain/chain/base-identity.js';
import { inheritedAt } from '../../../src/domain/chain/hop.js';
import type { HopOptions } from '../../../src/domain/declared/hop-options.js';
import { parseRoleChain } from '../../../src/domain/declared/parse-role-chain.js';
import { buildHops } from '../../../src/domain/request/build-hops.js';
import type { StepContext } from '../../../src/domain/request/step-context.js';
import { reportedAt } from '../../support/nodes.js';

const role = (account: number, name: string) => `arn:aws:iam::${String(account).repeat(12)}:role/${name}`;
const three = `${role(1, 'hub')}\n${role(2, 'middle')}\n${role(3, 'deploy')}`;
const user: BaseIdentity = {
  kind: 'access-keys',
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 's' },
};
const session: BaseIdentity = {
  kind: 'access-keys',
  credentials: { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: 's', sessionToken: 't' },
};
const oidc: BaseIdentity = { kind: 'oidc', requestUrl: 'https://token.example', requestToken: 't', audience: 'a' };
const saml: BaseIdentity = {
  kind: 'saml',
  assertionFile: 'f',
  providerArn: 'arn:aws:iam::111111111111:saml-provider/x',
};

function build(chain: string, base: BaseIdentity, options: HopOptions = {}, step: Partial<StepContext> = {}) {
  const warnings: string[] = [];
  const given = { options, environment: {}, isSingleRole: false, warn: (text: string) => warnings.push(text), ...step };
  const built = reportedAt('role-chain', (place) => buildHops({ hops: parseRoleChain(chain, place) }, base, given));
  return { ...built, warnings };
}

const tags = [{ key: 'Team', value: 'platform' }];
const everything: HopOptions = {
  roleSessionName: 'ci',
  durationSeconds: 1800,
  externalId: 'partner-42',
  sourceIdentity: 'octocat',
  policy: '{}',
  policyArns: ['arn:aws:iam::aws:policy/a'],
  tags,
  transitiveTagKeys: ['Team'],
  allowedAccountIds: ['333333333333'],
};

describe('each input of the step applies to its hops', () => {
  it('from keys: the name to all, the source identity to the first, the rest to the last', () => {
    const { value, problems, warnings } = build(three, user, everything);
    expect([problems, warnings]).toEqual([[], []]);
    const column = <T>(read: (hop: (typeof value)[number]) => T) => value.map(read);
    expect(column((hop) => hop.operation)).toEqual(['AssumeRole', 'AssumeRole', 'AssumeRole']);
    expect(column((hop) => hop.roleSessionName)).toEqual(['ci', 'ci', 'ci']);
    expect(column((hop) => hop.durationSeconds)).toEqual([900, 900, 1800]);
    expect(column((hop) => hop.chaining)).toEqual(['no', 'yes', 'yes']);
    expect(column((hop) => hop.sourceIdentity)).toEqual(['octocat', undefined, undefined]);
    expect(column((hop) => hop.externalId)).toEqual([undefined, undefined, 'partner-42']);
    expect(column((hop) => hop.policy)).toEqual([undefined, undefined, '{}']);
    expect(column((hop) => hop.policyArns.length)).toEqual([0, 0, 1]);
    expect(column((hop) => hop.tags)).toEqual([[], [], tags]);
    expect(column((hop) => hop.transitiveTagKeys)).toEqual([[], [], ['Team']]);
    expect(column((hop) => hop.allowedAccountIds)).toEqual([[], [], [['333333333333']]]);
  });

  it.each([oidc, saml])('from $kind: the source identity moves to the first hop that can set it', (base) => {
    const { value, problems, warnings } = build(three, base, everything);
    expect([problems, warnings]).toEqual([[], []]);
    expect(value.map((hop) => hop.sourceIdentity)).toEqual([undefined, 'octocat', undefined]);
    expect(value.map((hop) => hop.externalId)).toEqual([undefined, undefined, 'partner-42']);
    expect(value.map((hop) => hop.chaining)).toEqual(['no', 'yes', 'yes']);
    expect(value.map((hop) => hop.operation).slice(1)).toEqual(['AssumeRole', 'AssumeRole']);
  });

  it('without inputs: the names, durations and lists of the table', () => {
    const { value } = build(three, oidc);
    expect(value.map((hop) => hop.roleSessionName)).toEqual(['GitHubActions', 'GitHubActions', 'GitHubActions']);
    expect(value.map((hop) => hop.durationSeconds)).toEqual([900, 900, 3600]);
    expect(value.map((hop) => [hop.tags, hop.allowedAccountIds])).toEqual([
      [[], []],
      [[], []],
      [[], []],
    ]);
    expect(value[0]?.operation).toBe('AssumeRoleWithWebIdentity');
    expect(build(three, saml).value[0]?.operation).toBe('AssumeRoleWithSAML');
  });

  it("a hop's own option takes precedence over the step's", () => {
    const own = `
- role-to-assume: ${role(1, 'hub')}
  role-session-name: first
  role-duration-seconds: 30m
  source-identity: hubot
  allowed-account-ids: ["111111111111"]
- role-to-assume: ${role(3, 'deploy')}
  role-session-name: last
  role-duration-seconds: 20m
  role-external-id: other
  custom-tags: { Cost: "1" }
  transitive-tag-keys: [Cost]
  allowed-account-ids: ["333333333333", "444444444444"]
`;
    const { value } = build(own, user, everything);
    expect(value).toMatchObject([
      {
        roleSessionName: 'first',
        durationSeconds: 1800,
        sourceIdentity: 'hubot',
        allowedAccountIds: [['111111111111']],
      },
      {
        roleSessionName: 'last',
        durationSeconds: 1200,
        externalId: 'other',
        tags: [{ key: 'Cost', value: '1' }],
        transitiveTagKeys: ['Cost'],
        allowedAccountIds: [['333333333333', '444444444444'], ['333333333333']],
      },
    ]);
  });
});

const federatedNever = ['custom-tags', 'transitive-tag-keys', 'role-external-id', 'source-identity'];

describe('the federated hop has no tags, external id or source identity', () => {
  it.each([
    [oidc, 'AssumeRoleWithWebIdentity'],
    [saml, 'AssumeRoleWithSAML'],
  ] as const)('as inputs of a step with one hop they cause a warning, and are not sent: $0.kind', (base, operation) => {
    const words = { ...everything, skipSessionTagging: false };
    const { value, problems, warnings } = build(role(1, 'hub'), base, words, { isSingleRole: true });
    expect(problems).toEqual([]);
    expect(warnings).toEqual(
      [...federatedNever, 'role-skip-session-tagging: false'].map(
        (name) => `${name} has no effect here: ${operation}, which makes the only hop, has no such parameter.`,
      ),
    );
    expect(value).toMatchObject([{ durationSeconds: 1800, policy: '{}', tags: [], transitiveTagKeys: [] }]);
    expect(value[0]).not.toHaveProperty('externalId');
    expect(value[0]).not.toHaveProperty('sourceIdentity');
  });

  it('omitting the default tags needs no warning', () => {
    expect(build(role(1, 'hub'), oidc, { skipSessionTagging: true }, { isSingleRole: true }).warnings).toEqual([]);
  });

  it('as options of the hop they are errors', () => {
    const chain = `
- role-to-assume: ${role(1, 'hub')}
  role-skip-session-tagging: false
  custom-tags: { a: b }
  transitive-tag-keys: [a]
  role-external-id: x1
  source-identity: me
- ${role(2, 'deploy')}
`;
    const { problems } = build(chain, oidc);
    expect(problems.map(({ where }) => where)).toEqual(
      [...federatedNever, 'role-skip-session-tagging'].map((word) =>
        expect.stringMatching(`^role-chain, line \\d, column \\d+, hop 1, ${word}$`),
      ),
    );
    expect(build(chain, user).problems).toEqual([]);
  });
});

describe('the default session tags', () => {
  const environment = { GITHUB_REPOSITORY: 'octo-org/octo-repo', GITHUB_SHA: 'abc' };
  const keys = (...given: Parameters<typeof build>) =>
    build(...given).value.map((hop) => hop.tags.map(({ key }) => key));
  const one = role(1, 'hub');

  it.each<[string, string[][], ...Parameters<typeof build>]>([
    ['a single role from keys', [['GitHub', 'Repository', 'Commit']], one, user, {}, { isSingleRole: true }],
    ['a single role from a session', [['GitHub', 'Repository', 'Commit']], one, session, {}, { isSingleRole: true }],
    ['a single role, skipped', [[]], one, user, { skipSessionTagging: true }, { isSingleRole: true }],
    ['a single role from a token', [[]], one, oidc, {}, { isSingleRole: true }],
    ['a chain', [[], [], []], three, user, {}],
    ['a chain that asks', [[], [], ['GitHub', 'Repository', 'Commit']], three, user, { skipSessionTagging: false }],
    [
      'together with custom tags',
      [['GitHub', 'Repository', 'Commit', 'Team']],
      one,
      user,
      { tags },
      { isSingleRole: true },
    ],
    ['custom tags alone', [['Team']], one, user, { tags, skipSessionTagging: true }, { isSingleRole: true }],
  ])('%s', (_, wanted, chain, base, words, step) => {
    expect(keys(chain, base, words, { ...step, environment })).toEqual(wanted);
  });

  it('a custom tag with the name of one is reported when they are sent, and only then', () => {
    const words = { tags: [{ key: 'repository', value: 'x' }] };
    expect(build(one, user, words, { isSingleRole: true }).problems).toHaveLength(1);
    expect(build(three, user, words).problems).toEqual([]);
  });

  it('a default key that this run does not send cannot be transitive: it is omitted with a warning', () => {
    const words = { transitiveTagKeys: ['HeadRef', 'repository'] };
    const { value, warnings } = build(one, user, words, { isSingleRole: true, environment });
    expect(value[0]?.transitiveTagKeys).toEqual(['repository']);
    expect(warnings).toEqual([
      'transitive-tag-keys: HeadRef is left out, because this run does not send that default session tag.',
    ]);
  });

  it('a transitive key of the step belongs to the hop that sets its tag', () => {
    const chain = `- hub\n- {role-to-assume: middle, custom-tags: {Team: a}}\n- {role-to-assume: last, custom-tags: {Cost: b}}`;
    const { value, problems } = build(chain, user, { transitiveTagKeys: ['team', 'Cost'] });
    expect(problems).toEqual([]);
    expect(value.map(({ transitiveTagKeys }) => transitiveTagKeys)).toEqual([[], ['team'], ['Cost']]);
  });

  it('a custom transitive key is always kept', () => {
    expect(build(three, user, { tags, transitiveTagKeys: ['Team'] }).value.at(-1)?.transitiveTagKeys).toEqual(['Team']);
  });
});

describe('a role name', () => {
  it('belongs to the account of the hop before', () => {
    expect(build(`${role(2, 'hub')}\nteam/deploy`, oidc).value[1]?.role).toMatchObject({
      arn: 'arn:aws:iam::222222222222:role/team/deploy',
    });
  });

  it('also after another name', () => {
    expect(build('arn:aws-cn:iam::222222222222:role/a\nb\nc', oidc).value.map((hop) => hop.role)).toMatchObject([
      {},
      { arn: 'arn:aws-cn:iam::222222222222:role/b' },
      { arn: 'arn:aws-cn:iam::222222222222:role/c' },
    ]);
  });

  it('as the first hop stays a name until the base identity is known', () => {
    expect(build('hub', user)).toMatchObject({ value: [{ role: { path: '/', name: 'hub' } }], problems: [] });
  });

  it.each([oidc, saml])('has no account before $kind', (base) => {
    expect(build('team/hub', base).problems).toEqual([
      {
        where: 'role-chain, hop 1',
        what: "'hub' is only a role's name, and the first hop starts without an AWS account to find it in",
        fix: "Write the role's ARN: arn:aws:iam::<account ID>:role/team/hub",
      },
    ]);
  });
});

it.each<[string, BaseIdentity, string]>([
  ['long-term keys', user, 'no'],
  ['temporary keys', session, 'yes'],
  [
    'temporary keys without a token',
    { kind: 'access-keys', credentials: { accessKeyId: 'ASIAX', secretAccessKey: 's' } },
    'yes',
  ],
  [
    'temporary keys of the environment',
    { kind: 'Environment', credentials: { accessKeyId: 'ASIAX', secretAccessKey: 's', sessionToken: 't' } },
    'ask',
  ],
  ['long-term keys of the environment', { ...user, kind: 'Environment' } as BaseIdentity, 'no'],
  ['an ID token', oidc, 'no'],
  ['a web-identity file', { kind: 'web-identity', tokenFile: 'f' }, 'no'],
  ['a SAML assertion', saml, 'no'],
  ['a container', { kind: 'EcsContainer' }, 'yes'],
  ['an instance', { kind: 'Ec2InstanceMetadata' }, 'unsure'],
  ['the default chain', { kind: 'default-chain', origin: { kind: 'environment' }, chaining: 'ask' }, 'ask'],
  ['a profile with a role', { kind: 'default-chain', origin: { kind: 'profile', name: 'a' }, chaining: 'yes' }, 'yes'],
])('whether the first hop is chained follows from %s', (_, base, chaining) => {
  expect(build(three, base).value.map((hop) => hop.chaining)).toEqual([chaining, 'yes', 'yes']);
});

it('transitive tags and the source identity are inherited by every later hop, in any letter case of their keys', () => {
  const chain = `
- role-to-assume: ${role(1, 'hub')}
  source-identity: octocat
  custom-tags: { Team: a, Cost: b }
  transitive-tag-keys: [TEAM]
- ${role(2, 'middle')}
- ${role(3, 'deploy')}
`;
  const { value } = build(chain, user);
  const wanted = {
    tags: [{ tag: { key: 'Team', value: 'a' }, fromHop: 0 }],
    sourceIdentity: { value: 'octocat', fromHop: 0 },
  };
  expect([0, 1, 2].map((index) => inheritedAt(value, index))).toEqual([{ tags: [] }, wanted, wanted]);
});
