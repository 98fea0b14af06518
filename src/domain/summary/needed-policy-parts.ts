import type { HopTree } from '../chain/hop-tree.js';
import { type ExpectedToken, expectedToken } from '../id-token/expected-token.js';
import { environmentSubjectForm, subjectWarning } from '../id-token/subject.js';
import type { Environment } from '../input/environment.js';
import { groupBy, type NonEmpty } from '../input/non-empty.js';
import { type NeededPolicy, neededPolicies, unknownAccount } from '../needed-policies/needed-policies.js';
import { type NeededProvider, neededProviders } from '../needed-policies/needed-providers.js';
import type { PolicyDocument } from '../needed-policies/policy-document.js';
import { heading, type Part, paragraph } from '../rendering/parts.js';

/** What each account needs for a walk: OIDC providers, trust policies and permissions policies. */
export function neededPolicyParts(trees: readonly HopTree[], environment: Environment): readonly Part[] {
  const token = expectedToken(environment);
  const policies = neededPolicies(trees, token);
  const isUnknown = JSON.stringify(policies).includes(unknownAccount);
  return [
    heading('What each account needs', 2),
    ...warnings(trees, token).map(paragraph),
    ...trees.flatMap((tree) => neededProviders(tree, token.issuer)).map(providerPart),
    ...groupBy(policies, ({ kind, policy }) => JSON.stringify([kind, policy])).flatMap(accountPolicyParts),
    ...(isUnknown
      ? [
          paragraph(
            'A dry run does not call AWS to find the base identity. Replace the words in capitals with its account and name.',
          ),
        ]
      : []),
    ...(trees.some(({ base }) => base.kind === 'oidc') ? [paragraph(subjectNote(token))] : []),
  ];
}

/** Shows a policy that one or more roles need, with their names. */
function accountPolicyParts(group: NonEmpty<NeededPolicy>): readonly Part[] {
  const [{ accountId, kind, of, omitsUnguarded, policy }] = group;
  const name = `${kind === 'trust' ? 'Trust' : 'Permissions'} policy of`;
  const holders = group.map((one) => one.of);
  return [
    ...(group.length === 1
      ? [paragraph(`${accountId === undefined ? '' : `Account ${accountId}. `}${name} ${of}:`)]
      : [
          { kind: 'fold', title: `The ${group.length} roles that need the next policy`, lines: holders } as const,
          paragraph(`${name} each of these ${group.length} roles:`),
        ]),
    ...(kind === 'trust' ? unguardedNote(policy) : []),
    { kind: 'json', value: policy },
    ...(omitsUnguarded
      ? [
          paragraph(
            'Another target of this step assumes the same role without an external ID. A statement for it would bypass the Condition above, so there is none: send the same role-external-id there.',
          ),
        ]
      : []),
  ];
}

/** Says when not to add a statement without a Condition: the existing policy, unknown here, may have a Condition. */
function unguardedNote({ Statement }: PolicyDocument): readonly Part[] {
  const callers = Statement.flatMap(({ Condition, Principal }) => (Condition === undefined ? [Principal?.AWS] : []));
  return callers.length === 0
    ? []
    : [
        paragraph(
          `Add this only if no statement of the trust policy names ${callers[0]} yet. If one does, keep its Condition, send what it requires (role-external-id, role-session-name, source-identity), and add missing actions there: a second statement without the Condition would bypass it.`,
        ),
      ];
}

function subjectNote({ subjects }: ExpectedToken): string {
  const forms = subjects.length > 1 ? ', in both forms of its issuer. Keep the form that your token has' : '';
  return `sub is that of this run${forms}. A job with an environment has ${environmentSubjectForm} instead, and another branch has its own ref.`;
}

/** The warnings about a `sub` that many jobs share, if a chain starts from an ID token. */
function warnings(trees: readonly HopTree[], { subjects }: ExpectedToken): readonly string[] {
  const usesToken = trees.some(({ base }) => base.kind === 'oidc');
  return usesToken ? [...new Set(subjects.flatMap((sub) => subjectWarning(sub) ?? []))] : [];
}

function providerPart({ accountId, host, clientId }: NeededProvider): Part {
  return paragraph(`Account ${accountId}. An OIDC provider (IAM) for ${host} with the client ID ${clientId}.`);
}
