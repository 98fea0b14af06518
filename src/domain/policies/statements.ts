import type { Hop, Inherited } from '../chain/hop.js';
import type { RoleArn } from '../iam/arn.js';
import { partitionOf } from '../iam/partition.js';
import { defaultTagKeys } from '../session-limits/tags.js';
import { type Principal, principalCondition } from './principal.js';

/** A statement of an IAM policy. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface Statement {
  readonly Effect: 'Allow';
  readonly Principal?: Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy document of IAM. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** A hop with what it inherits: all that the caller's permissions policy and the role's trust policy must allow. */
export interface NeededActions {
  readonly hop: Hop;
  readonly inherited: Inherited;
  /** The action that the hop needs because the base identity has transitive tags or a source identity. */
  readonly baseAction?: string;
}

/** A token that a role should trust. */
export interface TrustedToken {
  readonly issuer: string;
  readonly audience: string;
  readonly subjects: readonly string[];
  /** The repository's ID, if AWS tests the `repository_id` of the issuer. Unlike the name, an ID never changes. */
  readonly repositoryId?: string;
}

/** The transitive tags of EKS Pod Identity. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html */
const podTagKeys = [
  'eks-cluster-arn',
  'eks-cluster-name',
  'kubernetes-namespace',
  'kubernetes-service-account',
  'kubernetes-pod-name',
  'kubernetes-pod-uid',
] as const;

/** Placeholder for the source identity of the base identity. */
const unknownSourceIdentity = 'SOURCE-IDENTITY-OF-THE-BASE';

/** Makes a policy document of statements. */
export function policyOf(statements: readonly Statement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

/**
 * The actions that an AssumeRole hop needs in the caller's policy and in the trust policy. A source identity needs one
 * more, and so do tags, whether the hop sets them or inherits them.
 */
export function usedActions({ hop, inherited, baseAction }: NeededActions): readonly string[] {
  return [
    'sts:AssumeRole',
    ...(sourceIdentityOf({ hop, inherited }) === undefined ? [] : ['sts:SetSourceIdentity']),
    ...(hop.tags.length + inherited.tags.length === 0 ? [] : ['sts:TagSession']),
    ...(baseAction === undefined ? [] : [baseAction]),
  ];
}

/** What a trust policy tests in addition to the caller. */
type Condition = NonNullable<Statement['Condition']>;

/**
 * Returns the statements with which a role trusts a principal: one for each action, because each condition key exists
 * for one action only. With `exact`, the Conditions also test the session name and source identity, so that statements
 * which are added to an existing policy allow this call only, and none that the policy's own Conditions exclude.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export function trustStatements(
  needed: NeededActions,
  principal: Principal,
  { exact }: { readonly exact: boolean } = { exact: false },
): readonly Statement[] {
  return usedActions(needed).map((action) => {
    const condition = { ...conditionOf(action, needed, exact), ...principalCondition(principal) };
    return {
      Effect: 'Allow',
      Principal: { AWS: principal.arn },
      Action: action,
      ...(Object.keys(condition).length > 0 && { Condition: condition }),
    };
  });
}

function conditionOf(action: string, needed: NeededActions, exact: boolean): Condition {
  const { hop, baseAction } = needed;
  switch (action) {
    case 'sts:AssumeRole':
      return stringEquals({
        'sts:ExternalId': hop.externalId,
        'sts:SourceIdentity': exact ? hop.sourceIdentity : undefined,
        'sts:RoleSessionName': exact ? hop.roleSessionName : undefined,
      });
    case 'sts:SetSourceIdentity':
      return stringEquals({
        'sts:SourceIdentity': baseAction === action ? unknownSourceIdentity : sourceIdentityOf(needed),
      });
    default:
      return tagCondition(needed);
  }
}

function stringEquals(values: Readonly<Record<string, string | undefined>>): Condition {
  const known = Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, literal(value)]]));
  return known.length === 0 ? {} : { StringEquals: Object.fromEntries(known) };
}

/**
 * Escapes `${`, which starts a policy variable.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function literal(text: string): string {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM's own escape
  return text.replaceAll('${', '${$}{');
}

/** Returns the statements that allow a caller its hops: one for each set of actions, with all roles that need it. */
export function callerStatements(
  hops: readonly (NeededActions & { readonly roleArn: string })[],
): readonly Statement[] {
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

/**
 * The statement with which a role trusts a job's token: its issuer's provider, its audience, its subjects and its
 * repository.
 */
export function webIdentityStatement(
  role: Pick<RoleArn, 'partition' | 'accountId'>,
  { issuer, audience, subjects, repositoryId }: TrustedToken,
): Statement {
  const host = issuerHost(issuer);
  return {
    Effect: 'Allow',
    Principal: { Federated: `arn:${role.partition}:iam::${role.accountId}:oidc-provider/${host}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: {
        [`${host}:aud`]: literal(audience),
        [`${host}:sub`]: single(subjects.map(literal)),
        ...(repositoryId !== undefined && { [`${host}:repository_id`]: repositoryId }),
      },
    },
  };
}

/** The statement with which a role trusts the users of a SAML provider. */
export function samlStatement(providerArn: string): Statement {
  const host = partitionOf(providerArn.split(':')[1] ?? '')?.signIn ?? 'signin.aws.amazon.com';
  return {
    Effect: 'Allow',
    Principal: { Federated: providerArn },
    Action: 'sts:AssumeRoleWithSAML',
    Condition: { StringEquals: { 'SAML:aud': `https://${host}/saml` } },
  };
}

/** An issuer without its scheme, as in condition keys and in the ARNs of providers. */
export function issuerHost(issuer: string): string {
  return issuer.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

function sourceIdentityOf({ hop, inherited }: NeededActions): string | undefined {
  return hop.sourceIdentity ?? inherited.sourceIdentity?.value;
}

/**
 * The Condition that allows a hop's tags, by their keys only: values differ from run to run, and a default tag may be
 * missing in some runs.
 */
function tagCondition({ hop, inherited, baseAction }: NeededActions): Condition {
  const own = hop.tags.map(({ key }) => key);
  const earlier = [...inherited.tags.map(({ tag }) => tag.key), ...(baseAction === 'sts:TagSession' ? podTagKeys : [])];
  const transitive = [...new Set([...earlier, ...hop.transitiveTagKeys])];
  return {
    'ForAllValues:StringEquals': {
      'aws:TagKeys': [...new Set([...earlier, ...own, ...(own.includes('GitHub') ? defaultTagKeys : [])])],
      ...(transitive.length > 0 && { 'sts:TransitiveTagKeys': transitive }),
    },
  };
}

function single(items: readonly string[]): string | readonly string[] {
  return items.length === 1 && items[0] !== undefined ? items[0] : items;
}
