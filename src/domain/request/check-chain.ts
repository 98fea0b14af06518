import type { BaseIdentity } from '../chain/base-identity.js';
import { type Hop, inheritedAt, roleText } from '../chain/hop.js';
import { partitionOfEndpoint } from '../endpoint/aws-endpoint.js';
import { isRoleArn } from '../iam/arn.js';
import { durationProblem } from '../iam/duration.js';
import { partitionOf, partitionOfRegion } from '../iam/partition.js';
import { managedPolicyHome, policyCharacters, sessionPolicyLimit } from '../iam/session-policy.js';
import { tagRefusals } from '../iam/tags.js';
import type { Place, Places } from '../input/place.js';
import { quote } from '../input/quote.js';

/** The base identity, endpoint, Region and hops of a chain. */
export interface ChainContext {
  readonly base: BaseIdentity;
  readonly region?: string | undefined;
  /** The place of the Region. */
  readonly regionPlace: Place;
  readonly endpoint?: string | undefined;
  readonly isOtherService: boolean;
  readonly hopPlaces: readonly Place[];
}

interface PlacedHop {
  readonly hop: Hop;
  readonly place: Place;
}

/** Reports everything in a chain that AWS is certain to reject. */
export function checkChain(hops: readonly Hop[], context: ChainContext, places: Places): void {
  const { base, region, endpoint, hopPlaces } = context;
  const placed = hops.flatMap((hop, index): PlacedHop[] => {
    const place = hopPlaces[index];
    return place === undefined ? [] : [{ hop, place }];
  });
  if (!context.isOtherService) {
    checkPartitions(placed, region, context.regionPlace);
  }
  checkProvider(hops, base, places);
  checkEndpoint(hops, endpoint, places);
  checkSourceIdentity(placed);
  for (const [index, { hop, place }] of placed.entries()) {
    checkDuration(hop, place);
    checkTags(hop, place.at('custom-tags'));
    checkInheritedTags(hops, index, place.at('custom-tags'));
    checkPolicies(hop, place);
    checkAccountGuards(hop, place.at('allowed-account-ids'));
  }
}

/**
 * Warnings about legal but unusual chains: a policy that is long because of white space, a role assuming itself, a
 * cycle.
 */
export function chainWarnings(hops: readonly Hop[]): readonly string[] {
  return [...hops.filter(isLongByBlanks).map(blanksWarning), ...circleWarnings(hops), ...hops.flatMap(endWarning)];
}

/** AWS allows a name that ends with a comma or full stop, but it is usually a mistake. */
function endWarning({ where, role }: Hop): readonly string[] {
  const [end] = /[,.]$/.exec(role.name) ?? [];
  return end === undefined
    ? []
    : [
        `${where}: ${roleText(role)} ends with ${end === ',' ? 'a comma' : 'a full stop'}, which counts as part of the role's name.`,
      ];
}

function blanksWarning({ where, policy = '', policyArns }: Hop): string {
  const { sent, withoutBlanks } = policyCharacters(policy, policyArns);
  return `${where}: the session policies have ${sent} characters, ${withoutBlanks} of them without blanks. AWS documents a limit of ${sessionPolicyLimit} characters; write the policy without blanks if AWS refuses it.`;
}

function circleWarnings(hops: readonly Hop[]): readonly string[] {
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

/** What later hops inherit from earlier hops, which each trust policy must allow. */
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

function checkDuration(hop: Hop, place: Place): void {
  const here = place.at('role-duration-seconds');
  const chaining = hop.chaining === 'ask' ? 'unsure' : hop.chaining;
  const problem = durationProblem(hop.durationSeconds, chaining);
  if (problem !== undefined) {
    here.report(problem.what, problem.fix);
  }
}

function checkPartitions(placed: readonly PlacedHop[], region: string | undefined, regionPlace: Place): void {
  const roles = placed.flatMap(({ hop: { role }, place }) =>
    isRoleArn(role) && partitionOf(role.partition) !== undefined ? [{ role, place }] : [],
  );
  const first = roles[0];
  if (first === undefined) {
    return;
  }
  const stranger = roles.find(({ role }) => role.partition !== first.role.partition);
  if (stranger !== undefined) {
    stranger.place.report(
      `the chain crosses from partition ${first.role.partition} into ${stranger.role.partition}, and no AWS credentials exist in both`,
      'Give each partition its own step, with its own base identity',
    );
  }
  const regional = region === undefined ? undefined : partitionOfRegion(region);
  if (regional !== undefined && regional.id !== first.role.partition) {
    regionPlace.report(
      `${quote(region ?? '')} is in partition ${regional.id}, but the first role is in ${first.role.partition}`,
      `Set aws-region to a Region of ${first.role.partition}, like ${partitionOf(first.role.partition)?.defaultRegion}`,
    );
  }
}

function checkProvider([first]: readonly Hop[], base: BaseIdentity, places: Places): void {
  if (base.kind !== 'saml' || first === undefined || !isRoleArn(first.role)) {
    return;
  }
  const [, partition] = base.providerArn.split(':');
  if (partition !== first.role.partition) {
    places('saml-provider-arn').report(
      `the provider is in partition ${partition}, but the first role is in ${first.role.partition}`,
      "Name a provider of the role's own partition",
    );
  }
}

/** An AWS endpoint serves only its own partition; a non-AWS STS may serve any. */
function checkEndpoint(hops: readonly Hop[], endpoint: string | undefined, places: Places): void {
  const role = hops.map((hop) => hop.role).find(isRoleArn);
  const partition = partitionOfEndpoint(endpoint)?.id;
  if (endpoint !== undefined && role !== undefined && partition !== undefined && partition !== role.partition) {
    places('sts-endpoint').report(
      `${quote(new URL(endpoint).hostname)} answers for partition ${partition}, but the first role is in ${role.partition}`,
      "Name an endpoint of the roles' partition, or remove the input",
    );
  }
}

function checkSourceIdentity(placed: readonly PlacedHop[]): void {
  const setters = placed.flatMap(({ hop: { sourceIdentity }, place }) =>
    sourceIdentity === undefined ? [] : [{ sourceIdentity, place }],
  );
  const [first] = setters;
  const other = setters.find(({ sourceIdentity }) => sourceIdentity !== first?.sourceIdentity);
  if (first !== undefined && other !== undefined) {
    other.place
      .at('source-identity')
      .report(
        `${quote(other.sourceIdentity)} differs from ${quote(first.sourceIdentity)}, which an earlier hop sets`,
        'A source identity applies to the rest of the chain; set it once',
      );
  }
}

function checkTags({ tags, transitiveTagKeys }: Hop, place: Place): void {
  for (const { what, fix } of tagRefusals(tags, transitiveTagKeys)) {
    place.report(what, fix);
  }
}

function checkInheritedTags(hops: readonly Hop[], index: number, place: Place): void {
  for (const { tag, fromHop } of inheritedAt(hops, index).tags) {
    if (hops[index]?.tags.some(({ key }) => key.toLowerCase() === tag.key.toLowerCase())) {
      place.report(
        `tag key ${quote(tag.key)} is transitive from hop ${fromHop + 1}, and no later hop can set it again`,
        'Use another key, or make it not transitive there',
      );
    }
  }
}

function checkPolicies(hop: Hop, place: Place): void {
  const { sent, withoutBlanks } = policyCharacters(hop.policy ?? '', hop.policyArns);
  if (sent > sessionPolicyLimit && !isLongByBlanks(hop)) {
    const count = withoutBlanks < sent ? `${sent} characters (${withoutBlanks} without blanks)` : `${sent} characters`;
    const fix = withoutBlanks > sessionPolicyLimit ? 'shorten the policy' : 'write the policy without blanks';
    place
      .at('session policies')
      .report(`${count} of inline policy and policy ARNs`, `AWS takes at most ${sessionPolicyLimit} together; ${fix}`);
  }
  const { role } = hop;
  if (!isRoleArn(role)) {
    return;
  }
  for (const arn of hop.policyArns) {
    const { partition, accountId } = managedPolicyHome(arn);
    if (partition !== '' && (partition !== role.partition || ![role.accountId, 'aws'].includes(accountId))) {
      place
        .at('managed-session-policies')
        .report(
          `${quote(arn)} is not in the account and partition of ${role.arn}`,
          `Use a policy of account ${role.accountId}, or one of AWS's own (arn:${role.partition}:iam::aws:policy/…)`,
        );
    }
  }
}

/**
 * AssumeRole limits the packed size of a policy, not its text; the federated calls accept 2,048 characters of text.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
function isLongByBlanks({ operation, policy = '', policyArns }: Hop): boolean {
  const { sent, withoutBlanks } = policyCharacters(policy, policyArns);
  return operation === 'AssumeRole' && sent > sessionPolicyLimit && withoutBlanks <= sessionPolicyLimit;
}

function checkAccountGuards({ role, allowedAccountIds: guards }: Hop, place: Place): void {
  if (isRoleArn(role) && guards.some((guard) => !guard.includes(role.accountId))) {
    const allowed = guards.map((guard) => guard.join(', ')).join(' and ');
    place.report(
      `${role.arn} is in account ${role.accountId}, and only ${allowed} is allowed`,
      'Correct the role, or add its account to allowed-account-ids',
    );
  }
}
