import { type BaseIdentity, baseText } from '../chain/base-identity.js';
import { type Hop, type Inherited, inheritedAt, roleText } from '../chain/hop.js';
import { type HopNode, type HopTree, hopTrees, targetsOf } from '../chain/hop-tree.js';
import { hopPlace } from '../chain/log-lines.js';
import type { Target } from '../chain/target.js';
import { facts, heading, type Part, paragraph } from '../document/parts.js';
import { isRoleArn } from '../iam/arn.js';
import { durationLimits, durationText } from '../iam/duration.js';
import { type ExpectedToken, expectedToken } from '../id-token/expected-token.js';
import type { Environment } from '../input/environment.js';
import { neededPolicies, unknownAccount } from '../policies/needed-policies.js';
import { issuerHost } from '../policies/statements.js';

/** The part of a request that a plan shows. */
export interface PlannedRequest {
  readonly targets: readonly Target[];
  /** Why the base identity was picked. */
  readonly baseReason: string;
}

/** What a step would do, hop by hop with the rule that governs each, and what each account needs for it. */
export function dryRunParts(request: PlannedRequest, environment: Environment): readonly Part[] {
  const trees = hopTrees(request.targets);
  return [
    heading('Dry run: what this step would do'),
    paragraph('AWS was not asked, and nothing was exported.'),
    ...trees.flatMap((tree) => treeParts(tree, request)),
    ...(trees.some(({ children }) => children.length > 0) ? needs(trees, environment) : []),
  ];
}

function treeParts(tree: HopTree, { baseReason }: PlannedRequest): readonly Part[] {
  const { base, children, ends } = tree;
  const audience = base.kind === 'oidc' ? [['Audience', base.audience] as const] : [];
  return [
    paragraph('Start'),
    ...facts([['Base identity', baseText(base)], ['Picked because', baseReason], ...audience]),
    ...(ends.length > 0
      ? [paragraph('No role is wanted: the step proves and hands over the base identity itself.')]
      : []),
    ...children.flatMap((node) => nodeParts(node, [])),
  ];
}

function nodeParts(node: HopNode, path: readonly Hop[]): readonly Part[] {
  const { hop, children } = node;
  const hops = [...path, hop];
  return [
    paragraph(`${hopPlace(path.length, targetsOf(node))}: ${hop.operation}`),
    ...facts(hopRows(hop, inheritedAt(hops, path.length), path.length)),
    ...children.flatMap((child) => nodeParts(child, hops)),
  ];
}

function hopRows(hop: Hop, inherited: Inherited, index: number): readonly (readonly [string, string])[] {
  const { role, durationSeconds, tags, transitiveTagKeys, sourceIdentity } = hop;
  const policies = [...(hop.policy === undefined ? [] : ['inline']), ...hop.policyArns];
  const rows: readonly (readonly [string, string])[] = [
    ['Role', isRoleArn(role) ? role.arn : `${roleText(role)}, in the account of the base identity`],
    ['Session name', hop.operation === 'AssumeRoleWithSAML' ? 'from the assertion' : hop.roleSessionName],
    ['Duration', durationSeconds === 'max' ? 'max: the most AWS gives' : durationText(durationSeconds)],
    ['Rule', durationRule(hop, index)],
    ['External ID', hop.externalId === undefined ? '' : 'sent'],
    ['Session tags', tags.map(({ key }) => key).join(', ')],
    ['Transitive', transitiveTagKeys.join(', ')],
    ['Inherited tags', inherited.tags.map(({ tag, fromHop }) => `${tag.key} (from hop ${fromHop + 1})`).join(', ')],
    ['Source identity', sourceIdentityText(sourceIdentity, inherited)],
    ['Session policies', policies.join(', ')],
    ['Allowed accounts', hop.allowedAccountIds.map((guard) => guard.join(', ')).join(' and ')],
  ];
  return rows.filter(([, value]) => value !== '');
}

function sourceIdentityText(own: string | undefined, { sourceIdentity }: Inherited): string {
  if (own !== undefined) {
    return own;
  }
  return sourceIdentity === undefined ? '' : `${sourceIdentity.value} (from hop ${sourceIdentity.fromHop + 1})`;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining */
function durationRule({ operation, chaining }: Hop, index: number): string {
  const { minimum, maximum, chained } = durationLimits;
  const free = `${minimum} to ${maximum} s, and at most the role's own maximum`;
  const short = `${minimum} to ${chained} s`;
  if (operation !== 'AssumeRole') {
    return `not role chaining, this call is the federation itself: ${free}`;
  }
  switch (chaining) {
    case 'yes':
      return `role chaining, it is made with ${index === 0 ? 'temporary credentials' : `the session of hop ${index}`}: ${short}`;
    case 'no':
      return `not role chaining, it is made with long-term keys: ${free}`;
    case 'unsure':
      return `from an EC2 instance profile, where AWS's guide and its users disagree: ${free}, or only ${short}`;
    case 'ask':
      return `the credentials will tell: from long-term keys ${free}; from a session ${short}`;
  }
}

function needs(trees: readonly HopTree[], environment: Environment): readonly Part[] {
  const token = expectedToken(environment);
  const policies = neededPolicies(trees, token);
  const isUnknown = JSON.stringify(policies).includes(unknownAccount);
  return [
    heading('What each account needs'),
    ...trees.flatMap(({ base, children }) => providers(base, children, token.issuer)),
    ...policies.flatMap(({ accountId, kind, of, policy }): readonly Part[] => [
      paragraph(
        `${accountId === undefined ? '' : `Account ${accountId}. `}${kind === 'trust' ? 'Trust' : 'Permissions'} policy of ${of}:`,
      ),
      { kind: 'json', value: policy },
    ]),
    ...(isUnknown
      ? [
          paragraph(
            'Who the base identity is, only a call could tell: write its account and name where capitals stand.',
          ),
        ]
      : []),
    ...(trees.some(({ base }) => base.kind === 'oidc') ? [paragraph(subjectNote(token))] : []),
  ];
}

function subjectNote({ subjects }: ExpectedToken): string {
  const forms = subjects.length > 1 ? ', in both forms that its issuer writes; keep the one your token shows' : '';
  return `sub is what this run has${forms}. A job with an environment has repo:OWNER/REPOSITORY:environment:NAME instead, another branch its own ref.`;
}

/** The OIDC providers that accounts need: one in every account that a job enters by its token. */
function providers(base: BaseIdentity, nodes: readonly HopNode[], issuer: string): readonly Part[] {
  if (base.kind !== 'oidc') {
    return [];
  }
  const accounts = [...new Set(nodes.map(({ hop }) => (isRoleArn(hop.role) ? hop.role.accountId : '')))];
  return accounts.map((account) =>
    paragraph(
      `Account ${account}. An OIDC provider (IAM) for ${issuerHost(issuer)} with the client ID ${base.audience}.`,
    ),
  );
}
