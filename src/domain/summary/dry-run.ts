import { baseText } from '../chain/base-identity.js';
import { type Hop, type Inherited, inheritedAt, roleText } from '../chain/hop.js';
import { type HopNode, type HopTree, hopTrees, targetsOf } from '../chain/hop-tree.js';
import { hopPlace } from '../chain/log-lines.js';
import type { Target } from '../chain/target.js';
import { isRoleArn } from '../identifiers/arn.js';
import type { Environment } from '../input/environment.js';
import { groupBy, type NonEmpty } from '../input/non-empty.js';
import { facts, heading, type Part, paragraph } from '../rendering/parts.js';
import { durationLimits, durationText } from '../session-limits/duration-limits.js';
import { neededPolicyParts } from './needed-policy-parts.js';

/** The part of a request that a dry run shows. */
export interface PlannedRequest {
  readonly targets: readonly Target[];
  /** Why this base identity was chosen, as part of a sentence. */
  readonly baseReason: string;
}

/** Shows what the step would do: each hop with its rules, and the policies that each account needs. */
export function dryRunParts(request: PlannedRequest, environment: Environment): readonly Part[] {
  const trees = hopTrees(request.targets);
  return [
    heading('Dry run: what this step would do'),
    paragraph('No call was made, and nothing was exported.'),
    ...trees.flatMap((tree) => treeParts(tree, request)),
    ...(trees.some(({ children }) => children.length > 0) ? neededPolicyParts(trees, environment) : []),
  ];
}

function treeParts(tree: HopTree, { baseReason }: PlannedRequest): readonly Part[] {
  const { base, children, ends } = tree;
  const audience = base.kind === 'oidc' ? [['Audience', base.audience] as const] : [];
  return [
    paragraph('Start'),
    ...facts([['Base identity', baseText(base)], ['Reason', baseReason], ...audience]),
    ...(ends.length > 0
      ? [
          paragraph(
            'No role is requested: the step verifies the base identity. Later steps get its keys only if inputs or variables give them, or with output-env-credentials: true or aws-profile.',
          ),
        ]
      : []),
    ...nodesParts(children, []),
  ];
}

/** Maximum number of last hops that differ only in their role and are shown one by one; more are shown as one. */
const mostAlike = 5;

/** Shows hops with the same caller. `path` are the hops that lead to that caller. */
function nodesParts(nodes: readonly HopNode[], path: readonly Hop[]): readonly Part[] {
  const alike = groupBy(nodes, (node) => (node.children.length > 0 ? node : likeness(node, path)));
  return alike.flatMap((group) =>
    group.length > mostAlike ? groupParts(group, path) : group.flatMap((node) => nodeParts(node, path)),
  );
}

/** A text that is equal for hops that differ only in their role. */
function likeness({ hop }: HopNode, path: readonly Hop[]): string {
  return JSON.stringify([hop.operation, rowsOf(hop, path).slice(1)]);
}

function nodeParts(node: HopNode, path: readonly Hop[]): readonly Part[] {
  const { hop, children } = node;
  return [
    paragraph(`${hopPlace(path.length, targetsOf(node))}: ${hop.operation}`),
    ...facts(rowsOf(hop, path)),
    ...nodesParts(children, [...path, hop]),
  ];
}

function groupParts(group: NonEmpty<HopNode>, path: readonly Hop[]): readonly Part[] {
  const [{ hop }] = group;
  const roles = group.flatMap((node) => {
    const names = targetsOf(node).flatMap(({ name }) => name ?? []);
    return `${names.length === 0 ? '' : `${names.join(', ')}: `}${roleText(node.hop.role)}`;
  });
  return [
    paragraph(`${hopPlace(path.length, group.flatMap(targetsOf))}: ${hop.operation}`),
    ...facts([['Roles', `${group.length}, listed below`], ...rowsOf(hop, path).slice(1)]),
    { kind: 'fold', title: `The ${group.length} roles`, lines: roles },
  ];
}

function rowsOf(hop: Hop, path: readonly Hop[]): readonly (readonly [string, string])[] {
  return hopRows(hop, inheritedAt([...path, hop], path.length), path.length);
}

function hopRows(hop: Hop, inherited: Inherited, index: number): readonly (readonly [string, string])[] {
  const { role, durationSeconds, tags, transitiveTagKeys, sourceIdentity } = hop;
  const policies = [...(hop.policy === undefined ? [] : ['inline']), ...hop.policyArns];
  const rows: readonly (readonly [string, string])[] = [
    ['Role', isRoleArn(role) ? role.arn : `${roleText(role)}, in the account of the base identity`],
    ['Session name', hop.operation === 'AssumeRoleWithSAML' ? 'from the assertion' : hop.roleSessionName],
    [
      'Duration',
      durationSeconds === 'max' ? 'max: the longest duration that AWS allows' : durationText(durationSeconds),
    ],
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

/**
 * Says which durations AWS allows for a hop, and why.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
function durationRule({ operation, chaining }: Hop, index: number): string {
  const { minimum, maximum, chained } = durationLimits;
  const free = `${minimum} to ${maximum} s, and at most the role's own maximum`;
  const short = `${minimum} to ${chained} s`;
  if (operation !== 'AssumeRole') {
    return `no role chaining, because the call uses a token: ${free}`;
  }
  switch (chaining) {
    case 'yes':
      return `role chaining, because the hop is made with ${index === 0 ? 'temporary credentials' : `the session of hop ${index}`}: ${short}`;
    case 'no':
      return `no role chaining, because the hop is made with long-term keys: ${free}`;
    case 'unsure':
      return `from an EC2 instance profile, where AWS's documentation and reports of users differ: ${free}, or only ${short}`;
    case 'ask':
      return `depends on the credentials: ${free} with long-term keys, ${short} with those of a session`;
  }
}
