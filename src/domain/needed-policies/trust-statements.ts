import { defaultTagKeys } from '../session-limits/tags.js';
import { type NeededActions, sourceIdentityOf, usedActions } from './needed-actions.js';
import { literal, type Statement } from './policy-document.js';
import { type Principal, principalCondition } from './principal.js';

/** What a trust policy tests in addition to the caller. */
type Condition = NonNullable<Statement['Condition']>;

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
