import { type Hop, inheritedAt, roleText } from '../chain/hop.js';
import type { FailedTarget } from '../chain/outcome.js';
import type { RoleArn } from '../identifiers/arn.js';
import type { NonEmpty } from '../input/non-empty.js';
import { callerStatements } from '../needed-policies/caller-statements.js';
import { type NeededActions, usedActions } from '../needed-policies/needed-actions.js';
import { policyOf } from '../needed-policies/policy-document.js';
import { isIdentityCenterRole, type Principal, principalNamed, principalOf } from '../needed-policies/principal.js';
import { trustStatements } from '../needed-policies/trust-statements.js';
import { facts, heading, type Part, paragraph, titled } from '../rendering/parts.js';

/**
 * Maximum characters of a managed policy in IAM.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const managedPolicyLimit = 6_144;

/**
 * Shows the values that a refused hop sends and inherits. A Condition of the existing trust policy may require other
 * values, so these are shown before any policy to add.
 */
export function sentParts(failed: FailedTarget): readonly Part[] {
  const { hop } = failed;
  if (hop === undefined) {
    return [];
  }
  const needed = neededBy(failed, hop);
  return [
    paragraph(
      'This hop sends the values below. If a Condition in the trust policy requires another value, set the input, and do not change the policy:',
    ),
    ...facts([
      ['sts:ExternalId', `${hop.externalId ?? 'none'} (role-external-id)`],
      ['sts:RoleSessionName', `${hop.roleSessionName} (role-session-name)`],
      ['sts:SourceIdentity', `${hop.sourceIdentity ?? 'none'} (source-identity)`],
      ['aws:RequestTag', `${hop.tags.map(({ key }) => key).join(', ') || 'none'} (custom-tags)`],
    ]),
    ...titled('points', 'It also sends:', inheritedLines(failed, needed)),
  ];
}

/** Shows the trust policy of the role and the permissions policy of the caller that a denied hop needs. */
export function missingPolicyParts(failed: FailedTarget, roles: NonEmpty<RoleArn>): readonly Part[] {
  const { hop, caller, sessions } = failed;
  const [role] = roles;
  if (hop === undefined) {
    return [];
  }
  const needed = neededBy(failed, hop);
  const principal = caller === undefined ? unknownPrincipal(role) : principalOf(caller, sessions.at(-1)?.role);
  const ofCaller = policyOf(callerStatements(roles.map(({ arn }) => ({ ...needed, roleArn: arn }))));
  return [
    heading(`Trust policy of ${roles.length === 1 ? role.arn : `each of these ${roles.length} roles`}`, 2),
    paragraph(
      `${policyPlace(roles)} If a statement of the policy already names the caller with a Condition, do not add another statement: it would bypass that Condition. Send what the Condition requires instead (see above). If no statement names the caller, add:`,
    ),
    { kind: 'json', value: policyOf(trustStatements(needed, principal, { exact: true })) },
    heading(`Permissions policy of ${principal.holder}`, 2),
    paragraph(`${holderPlace(failed)} If no statement allows this call, add:`),
    { kind: 'json', value: ofCaller },
    ...titled('points', 'Notes:', [
      accountsNote(failed, roles),
      ...callerNotes(failed),
      ...(JSON.stringify(ofCaller).length > managedPolicyLimit
        ? [
            'The list of roles is too long for one managed policy. If all roles have the same name, use the pattern in docs/setup.md (with aws:ResourceOrgID).',
          ]
        : []),
      `The trust policy above accepts only the session name${hop.sourceIdentity === undefined ? '' : ' and the source identity'} of this run. For a value that changes with every run, use StringLike with a pattern.`,
    ]),
  ];
}

/** Says in which account, or in how many, the trust policies of roles are. */
export function policyPlace(roles: NonEmpty<RoleArn>): string {
  const accounts = [...new Set(roles.map(({ accountId }) => accountId))];
  return accounts.length === 1 ? `In account ${accounts[0]}.` : `In each of their ${accounts.length} accounts.`;
}

function holderPlace({ caller }: FailedTarget): string {
  if (caller === undefined) {
    return 'In the account of the caller.';
  }
  return isIdentityCenterRole(caller.name)
    ? 'In IAM Identity Center, as the inline policy of the permission set.'
    : `In account ${caller.accountId}.`;
}

function inheritedLines(failed: FailedTarget, { inherited, baseAction }: NeededActions): readonly string[] {
  const nameOf = (index: number) => `Hop ${index + 1} (${roleText((failed.target.hops[index] as Hop).role)})`;
  const setters = [...new Set(inherited.tags.map(({ fromHop }) => fromHop))];
  const { sourceIdentity } = inherited;
  return [
    ...setters.map((index) => {
      const keys = inherited.tags.filter(({ fromHop }) => fromHop === index).map(({ tag }) => tag.key);
      return `The transitive tags ${keys.join(', ')}. ${nameOf(index)} set them. Every later hop inherits them and needs sts:TagSession.`;
    }),
    ...(failed.hop?.sourceIdentity !== undefined || sourceIdentity === undefined
      ? []
      : [
          `A source identity. ${nameOf(sourceIdentity.fromHop)} set it. Every later hop inherits it and needs sts:SetSourceIdentity.`,
        ]),
    ...(baseAction === 'sts:TagSession'
      ? [
          'Transitive tags of the base identity, because no hop sets tags. EKS Pod Identity, for example, sets six. Every role of the chain needs sts:TagSession.',
        ]
      : []),
    ...(baseAction === 'sts:SetSourceIdentity'
      ? [
          'The source identity of the base identity, because no hop sets one. Every role of the chain needs sts:SetSourceIdentity.',
        ]
      : []),
  ];
}

function callerNotes({ caller, sessions }: FailedTarget): readonly string[] {
  if (caller?.kind !== 'assumed-role' || sessions.length > 0) {
    return [];
  }
  return isIdentityCenterRole(caller.name)
    ? [
        'IAM Identity Center puts its home Region into the path of its roles, except for us-east-1. A Principal must name a role exactly, so this statement names the account, and ArnLike matches the role with and without a Region.',
        'IAM Identity Center gives the role a new suffix when the permission set is assigned again. To accept every suffix, replace the part after the last _ by *.',
      ]
    : [
        'The ARN of a session does not show the path of its role. If the calling role has a path, write the path before its name.',
      ];
}

function accountsNote({ caller }: FailedTarget, roles: NonEmpty<RoleArn>): string {
  if (caller === undefined) {
    return 'If the caller and the role are in different accounts, both policies must allow the call.';
  }
  const [{ accountId }] = roles;
  const isSame = roles.every((role) => role.accountId === caller.accountId);
  return isSame
    ? `The caller and the role are in the same account (${accountId}): a trust policy that names the caller is enough. If it names only the account (root), the policy of the caller must allow the call too.`
    : `The caller (account ${caller.accountId}) and ${roles.length === 1 ? `the role (account ${accountId})` : 'the roles'} are in different accounts: both policies must allow the call.`;
}

/**
 * Returns a hop with everything that its policies must allow. If AWS denies an action that no declared hop needs, the
 * base identity has tags or a source identity that need it.
 */
function neededBy({ target, sessions, failure }: FailedTarget, hop: Hop): NeededActions {
  const needed = { hop, inherited: inheritedAt(target.hops, sessions.length) };
  const named = /sts:(?:TagSession|SetSourceIdentity)/.exec(failure.message)?.[0];
  return named === undefined || usedActions(needed).includes(named) ? needed : { ...needed, baseAction: named };
}

function unknownPrincipal({ partition }: RoleArn): Principal {
  return principalNamed(`arn:${partition}:iam::ACCOUNT-OF-THE-CALLER:role/NAME-OF-THE-CALLER`);
}
