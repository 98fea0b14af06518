import type { BaseIdentity } from '../chain/base-identity.js';
import { type Hop, inheritedAt, roleText } from '../chain/hop.js';
import { partitionOfEndpoint } from '../endpoint/aws-endpoint.js';
import { isRoleArn, type RoleArn } from '../iam/arn.js';
import { durationProblem } from '../iam/duration.js';
import { partitionOfRegion } from '../iam/partition.js';
import { managedPolicyHome, sessionPolicyLimit } from '../iam/session-policy.js';
import { tagProblems } from '../iam/tags.js';
import { quote, type Report } from '../input/problem.js';

/** Where a chain starts, and what it is asked of. */
export interface ChainPlace {
  readonly base: BaseIdentity;
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
}

/** Tells everything AWS would refuse in a chain that can be seen without asking it. */
export function checkChain(hops: readonly Hop[], { base, region, endpoint }: ChainPlace, report: Report): void {
  checkPartitions(hops, region, report);
  checkProvider(hops, base, report);
  checkEndpoint(hops, endpoint, report);
  checkSourceIdentity(hops, report);
  for (const [index, hop] of hops.entries()) {
    checkDuration(hop, report);
    checkTags(hops, index, report);
    checkPolicies(hop, report);
    checkAccountGuards(hop, report);
  }
}

/** What is legal but deserves a second look: a role assuming itself, a chain that runs in a circle. */
export function chainWarnings(hops: readonly Hop[]): readonly string[] {
  return hops.flatMap((hop, index) => {
    const earlier = hops.findIndex((other, at) => at < index && roleText(other.role) === roleText(hop.role));
    if (earlier < 0) {
      return [];
    }
    return earlier === index - 1
      ? [`${hop.where}: ${roleText(hop.role)} assumes itself; its own trust policy must name it.`]
      : [`${hop.where}: the chain comes back to ${roleText(hop.role)}, which hop ${earlier + 1} already is.`];
  });
}

/** What later hops need because of what earlier hops set: each trust policy must allow it too. */
export function inheritanceNotices(hops: readonly Hop[]): readonly string[] {
  return hops.flatMap((hop, index) => {
    const { tags, sourceIdentity } = inheritedAt(hops, index);
    const keys = tags.map(({ tag }) => tag.key).join(', ');
    return [
      ...(tags.length > 0
        ? [
            `Hop ${index + 1} inherits the transitive tags ${keys}: the trust policy of ${roleText(hop.role)} must allow sts:TagSession.`,
          ]
        : []),
      ...(sourceIdentity === undefined
        ? []
        : [
            `Hop ${index + 1} inherits the source identity: the trust policy of ${roleText(hop.role)} must allow sts:SetSourceIdentity.`,
          ]),
    ];
  });
}

function checkDuration(hop: Hop, report: Report): void {
  const problem = durationProblem(
    hop.durationSeconds,
    hop.chaining === 'ask' ? 'unsure' : hop.chaining,
    `${hop.where}, role-duration-seconds`,
  );
  if (problem !== undefined) {
    report(problem);
  }
}

function checkPartitions(hops: readonly Hop[], region: string | undefined, report: Report): void {
  const roles = hops.flatMap(({ role, where }) => (isRoleArn(role) ? [{ role, where }] : []));
  const first = roles[0];
  if (first === undefined) {
    return;
  }
  const stranger = roles.find(({ role }) => role.partition !== first.role.partition);
  if (stranger !== undefined) {
    report({
      where: stranger.where,
      what: `the chain crosses from partition ${first.role.partition} into ${stranger.role.partition}, and no AWS credentials exist in both`,
      fix: 'Give each partition its own step, with its own base identity',
    });
  }
  const regional = region === undefined ? undefined : partitionOfRegion(region);
  if (regional !== undefined && regional.id !== first.role.partition) {
    report({
      where: 'aws-region',
      what: `${quote(region ?? '')} lies in partition ${regional.id}, but the first role lies in ${first.role.partition}`,
      fix: "Name a Region of the roles' partition",
    });
  }
}

function checkProvider([first]: readonly Hop[], base: BaseIdentity, report: Report): void {
  if (base.kind !== 'saml' || first === undefined || !isRoleArn(first.role)) {
    return;
  }
  const [, partition] = base.providerArn.split(':');
  if (partition !== first.role.partition) {
    report({
      where: 'saml-provider-arn',
      what: `the provider lies in partition ${partition}, but the first role lies in ${first.role.partition}`,
      fix: "Name a provider of the role's own partition",
    });
  }
}

/** An endpoint of AWS answers for its own partition only; another maker's STS may answer for any. */
function checkEndpoint(hops: readonly Hop[], endpoint: string | undefined, report: Report): void {
  const role = hops.map((hop) => hop.role).find(isRoleArn);
  const partition = partitionOfEndpoint(endpoint)?.id;
  if (endpoint !== undefined && role !== undefined && partition !== undefined && partition !== role.partition) {
    report({
      where: 'sts-endpoint',
      what: `${quote(new URL(endpoint).hostname)} answers for partition ${partition}, but the first role lies in ${role.partition}`,
      fix: "Name an endpoint of the roles' partition, or take the input out",
    });
  }
}

function checkSourceIdentity(hops: readonly Hop[], report: Report): void {
  const setters = hops.filter(({ sourceIdentity }) => sourceIdentity !== undefined);
  const other = setters.find(({ sourceIdentity }) => sourceIdentity !== setters[0]?.sourceIdentity);
  if (other !== undefined) {
    report({
      where: `${other.where}, source-identity`,
      what: `${quote(other.sourceIdentity ?? '')} differs from ${quote(setters[0]?.sourceIdentity ?? '')}, which an earlier hop sets`,
      fix: 'A source identity sticks to the rest of the chain; set it once',
    });
  }
}

function checkTags(hops: readonly Hop[], index: number, report: Report): void {
  const hop = hops[index] as Hop;
  for (const problem of tagProblems(hop.tags, hop.transitiveTagKeys, `${hop.where}, tags`)) {
    report(problem);
  }
  const inherited = inheritedAt(hops, index).tags;
  for (const { tag, fromHop } of inherited) {
    if (hop.tags.some(({ key }) => key.toLowerCase() === tag.key.toLowerCase())) {
      report({
        where: `${hop.where}, tags`,
        what: `tag key ${quote(tag.key)} is transitive from hop ${fromHop + 1}, and no later hop can set it again`,
        fix: 'Use another key, or make it not transitive there',
      });
    }
  }
}

function checkPolicies(hop: Hop, report: Report): void {
  const characters = (hop.policy?.length ?? 0) + hop.policyArns.reduce((sum, arn) => sum + arn.length, 0);
  if (characters > sessionPolicyLimit) {
    report({
      where: `${hop.where}, session policies`,
      what: `${characters} characters of inline policy and policy ARNs`,
      fix: `AWS takes at most ${sessionPolicyLimit} together; shorten the policy`,
    });
  }
  const { role } = hop;
  if (!isRoleArn(role)) {
    return;
  }
  for (const arn of hop.policyArns) {
    const { partition, accountId } = managedPolicyHome(arn);
    if (partition !== '' && (partition !== role.partition || ![role.accountId, 'aws'].includes(accountId))) {
      report({
        where: `${hop.where}, managed-session-policies`,
        what: `${quote(arn)} does not lie in the account and partition of ${role.arn}`,
        fix: `Use a policy of account ${role.accountId}, or one of AWS's own (arn:${role.partition}:iam::aws:policy/…)`,
      });
    }
  }
}

function checkAccountGuards(hop: Hop, report: Report): void {
  const { role } = hop;
  if (isRoleArn(role) && hop.allowedAccountIds.some((guard) => !guard.includes(role.accountId))) {
    report({ where: `${hop.where}, allowed-account-ids`, ...guardProblem(role, hop.allowedAccountIds) });
  }
}

function guardProblem(role: RoleArn, guards: readonly (readonly string[])[]): { what: string; fix: string } {
  const allowed = guards.map((guard) => guard.join(', ')).join(' and ');
  return {
    what: `${role.arn} lies in account ${role.accountId}, and only ${allowed} is allowed`,
    fix: 'Correct the role, or add its account to allowed-account-ids',
  };
}
