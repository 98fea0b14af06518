import type { FailedTarget } from '../chain/outcome.js';
import { type Claims, shownClaims, testableValues } from '../id-token/claims.js';
import { type IdSeparator, idSeparator, issuerHost } from '../id-token/issuer.js';
import { isImmutableSubject, otherSubject, subjectWarning } from '../id-token/subject.js';
import type { RoleArn } from '../identifiers/arn.js';
import type { NonEmpty } from '../input/non-empty.js';
import { samlStatement, webIdentityStatement } from '../needed-policies/federated-statements.js';
import { policyOf, type Statement } from '../needed-policies/policy-document.js';
import { facts, heading, type Part, paragraph } from '../rendering/parts.js';
import { policyPlace } from './missing-policies.js';

/** Shows the claims of a refused token, and the trust policy that accepts exactly this job. */
export function tokenParts({ target: { base }, claims }: FailedTarget, roles: NonEmpty<RoleArn>): readonly Part[] {
  if (base.kind === 'saml') {
    return trustParts(roles, samlStatement(base.providerArn));
  }
  if (claims === undefined) {
    return [paragraph('The step could not read the token, so it cannot show the claims.')];
  }
  return [
    paragraph('The claims of the token (the token itself is never shown):'),
    ...facts(shownClaims(claims)),
    ...acceptingParts(claims, roles),
  ];
}

function acceptingParts(claims: Claims, roles: NonEmpty<RoleArn>): readonly Part[] {
  const { iss, sub } = claims;
  const audience = [claims.aud].flat()[0];
  if (typeof iss !== 'string' || typeof sub !== 'string' || typeof audience !== 'string') {
    return [];
  }
  const other = otherSubject(claims);
  const { repository_id: repositoryId, ...narrower } = testableValues(claims);
  const token = { issuer: iss, audience, subjects: [sub], ...(repositoryId !== undefined && { repositoryId }) };
  const warning = typeof claims.repository === 'string' ? subjectWarning(sub) : undefined;
  return [
    paragraph(subjectNote(claims, sub, other)),
    ...(warning === undefined ? [] : [paragraph(warning)]),
    ...trustParts(roles, webIdentityStatement(roles[0], token)),
    ...narrowerParts(iss, narrower),
    ...(other === undefined
      ? []
      : [paragraph(`To accept both forms of sub, write a list: ${JSON.stringify([sub, other])}`)]),
    ...customizedNote(claims),
  ];
}

function trustParts(roles: NonEmpty<RoleArn>, statement: Statement): readonly Part[] {
  const [role] = roles;
  const several = roles.length > 1;
  return [
    heading(`Trust policy of ${several ? `each of these ${roles.length} roles` : role.arn}`, 2),
    ...(several ? [{ kind: 'points', items: roles.map(({ arn }) => arn) } as const] : []),
    paragraph(
      `${policyPlace(roles)} This statement accepts exactly this caller.${several ? ' Write the account of each role into Federated.' : ''}`,
    ),
    { kind: 'json', value: policyOf([statement]) },
  ];
}

/** Shows claims that have a condition key of their own, as lines to add to a Condition. */
function narrowerParts(iss: string, values: Readonly<Record<string, string>>): readonly Part[] {
  const lines = Object.entries(values).map(([name, value]) => [`${issuerHost(iss)}:${name}`, value] as const);
  return lines.length === 0
    ? []
    : [
        paragraph(
          'To restrict the statement further, add any of these lines to StringEquals. Choose claims that are the same in every run that should assume the role:',
        ),
        { kind: 'json', value: Object.fromEntries(lines) },
      ];
}

/**
 * Says how to test claims for which AWS has no condition key: in a customized `sub`.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
function customizedNote(claims: Claims): readonly Part[] {
  const names = Object.keys(claims).filter(
    (name) => name === 'runner_environment' || name.startsWith('repo_property_'),
  );
  return names.length === 0
    ? []
    : [
        paragraph(
          `AWS has no condition key for ${names.sort().join(', ')}. To test such a claim, add it to sub (GitHub: customize the subject claim); the Condition on sub then contains it.`,
        ),
      ];
}

function subjectNote({ iss, repository }: Claims, sub: string, other: string | undefined): string {
  if (!sub.startsWith('repo:')) {
    return typeof repository === 'string'
      ? 'The sub of this repository is customized.'
      : 'The sub does not have the form that GitHub uses.';
  }
  const separator = idSeparator(iss);
  const hasIds = isImmutableSubject(sub) || (separator === '-' && !sub.startsWith(`repo:${repository}:`));
  if (hasIds) {
    return `The sub has the ${separator === '-' ? 'newer' : 'immutable'} form, with the IDs of owner and repository. A trust policy for the classic form${other === undefined ? '' : ` (${other})`} does not match it.`;
  }
  return `The sub has the classic form.${separator === undefined ? '' : newerForm[separator]}`;
}

const newerForm: Readonly<Record<IdSeparator, string>> = {
  '@': ' Repositories that were created, renamed or transferred since 15 July 2026, and those that opted in, have the immutable form, with the IDs of owner and repository.',
  '-': ' Newer Forgejo versions add the IDs of owner and repository to the sub of new repositories.',
};
