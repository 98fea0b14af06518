import type { Hop, Inherited } from '../chain/hop.js';
import type { IdentityArn, RoleArn } from '../iam/arn.js';
import { partitionOf } from '../iam/partition.js';
import { defaultTagKeys } from '../iam/tags.js';

/** A statement of an IAM policy. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface Statement {
  readonly Effect: 'Allow';
  readonly Principal?: Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy document as IAM takes it. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** A hop with what it inherits: everything a policy of its role has to allow. */
export interface WeighedHop {
  readonly hop: Hop;
  readonly inherited: Inherited;
  /** An action that the hop needs for what the base identity brought along, undeclared. */
  readonly broughtAlong?: string;
}

/** A policy of these statements. */
export function policyOf(statements: readonly Statement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

/** The actions a signed hop needs on both sides: a source identity and tags, its own or inherited, each need one. */
export function usedActions({ hop, inherited, broughtAlong }: WeighedHop): readonly string[] {
  return [
    'sts:AssumeRole',
    ...(sourceIdentityOf({ hop, inherited }) === undefined ? [] : ['sts:SetSourceIdentity']),
    ...(hop.tags.length + inherited.tags.length === 0 ? [] : ['sts:TagSession']),
    ...(broughtAlong === undefined ? [] : [broughtAlong]),
  ];
}

/**
 * The statements with which a role lets a principal in: one for each action, because a condition key is there for its
 * own action only. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export function trustStatements(weighed: WeighedHop, principal: string): readonly Statement[] {
  const sourceIdentity = sourceIdentityOf(weighed);
  const conditions: Readonly<Record<string, Statement['Condition']>> = {
    'sts:AssumeRole':
      weighed.hop.externalId === undefined ? undefined : { StringEquals: { 'sts:ExternalId': weighed.hop.externalId } },
    'sts:SetSourceIdentity':
      sourceIdentity === undefined ? undefined : { StringEquals: { 'sts:SourceIdentity': sourceIdentity } },
    'sts:TagSession': tagConditions(weighed),
  };
  return usedActions(weighed).map((action) => {
    const condition = conditions[action];
    return {
      Effect: 'Allow',
      Principal: { AWS: principal },
      Action: action,
      ...(condition !== undefined && { Condition: condition }),
    };
  });
}

/** The statements with which a caller may make hops: roles that need the same actions stand together. */
export function callerStatements(hops: readonly (WeighedHop & { readonly roleArn: string })[]): readonly Statement[] {
  const byActions = new Map<string, string[]>();
  for (const hop of hops) {
    const actions = usedActions(hop).join();
    byActions.set(actions, [...new Set([...(byActions.get(actions) ?? []), hop.roleArn])]);
  }
  return [...byActions].map(([actions, roles]) => ({
    Effect: 'Allow',
    Action: single(actions.split(',')),
    Resource: single(roles),
  }));
}

/** The statement that lets a job in by its token: its issuer's provider, its audience and its subjects. */
export function webIdentityStatement(
  role: Pick<RoleArn, 'partition' | 'accountId'>,
  { issuer, audience, subjects }: { issuer: string; audience: string; subjects: readonly string[] },
): Statement {
  const host = issuerHost(issuer);
  const claims = { [`${host}:aud`]: audience, [`${host}:sub`]: single(subjects) };
  return {
    Effect: 'Allow',
    Principal: { Federated: `arn:${role.partition}:iam::${role.accountId}:oidc-provider/${host}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { [subjects.some((subject) => subject.includes('*')) ? 'StringLike' : 'StringEquals']: claims },
  };
}

/** The statement that lets a SAML provider's users in. */
export function samlStatement(providerArn: string): Statement {
  const console = partitionOf(providerArn.split(':')[1] ?? '')?.console || 'signin.aws.amazon.com';
  return {
    Effect: 'Allow',
    Principal: { Federated: providerArn },
    Action: 'sts:AssumeRoleWithSAML',
    Condition: { StringEquals: { 'SAML:aud': `https://${console}/saml` } },
  };
}

/** Who a trust policy has to name for a caller: its user, or the role behind its session. */
export function principalOf(caller: IdentityArn, role: RoleArn | undefined): string {
  if (role !== undefined) {
    return role.arn;
  }
  const { partition, accountId, name, kind, arn } = caller;
  return kind === 'assumed-role' ? `arn:${partition}:iam::${accountId}:role/${ssoPath(name)}${name}` : arn;
}

/** An issuer as condition keys and provider ARNs have it: without its scheme. */
export function issuerHost(issuer: string): string {
  return issuer.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

/** IAM Identity Center keeps its roles under a path; sessions do not show it. */
function ssoPath(name: string): string {
  return name.startsWith('AWSReservedSSO_') ? 'aws-reserved/sso.amazonaws.com/' : '';
}

function sourceIdentityOf({ hop, inherited }: WeighedHop): string | undefined {
  return hop.sourceIdentity ?? inherited.sourceIdentity?.value;
}

/** Keys only: values change from run to run, and keys are what a default tag may lack in one run and have in the next. */
function tagConditions({ hop, inherited }: WeighedHop): Statement['Condition'] {
  const own = hop.tags.map(({ key }) => key);
  const past = inherited.tags.map(({ tag }) => tag.key);
  const transitive = [...new Set([...past, ...hop.transitiveTagKeys])];
  const keys = [...new Set([...past, ...own, ...(own.includes('GitHub') ? defaultTagKeys : [])])];
  if (keys.length === 0) {
    return undefined;
  }
  return {
    'ForAllValues:StringEquals': {
      'aws:TagKeys': keys,
      ...(transitive.length > 0 && { 'sts:TransitiveTagKeys': transitive }),
    },
  };
}

function single(items: readonly string[]): string | readonly string[] {
  return items.length === 1 && items[0] !== undefined ? items[0] : items;
}
