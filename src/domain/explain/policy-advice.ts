import { type Hop, inheritedAt, roleText } from '../chain/hop.js';
import type { FailedTarget } from '../chain/outcome.js';
import { facts, heading, type Part, paragraph, titled } from '../document/parts.js';
import type { RoleArn } from '../iam/arn.js';
import { type Claims, isImmutableSubject, otherSubject, shownClaims } from '../id-token/claims.js';
import { type IdSeparator, idSeparator } from '../id-token/subject.js';
import {
  callerStatements,
  policyOf,
  principalOf,
  samlStatement,
  trustStatements,
  usedActions,
  type WeighedHop,
  webIdentityStatement,
} from '../policies/statements.js';

/** What a refused hop sends of its own, and what it inherits from which hop: each may be what a policy lacks. */
export function carries(stop: FailedTarget): readonly string[] {
  const { hop, target } = stop;
  if (hop === undefined) {
    return [];
  }
  const { inherited } = weighed(stop, hop);
  const keys = hop.tags.map(({ key }) => key).join(', ');
  const setters = [...new Set(inherited.tags.map(({ fromHop }) => fromHop))];
  const name = (index: number) => `Hop ${index + 1} (${roleText((target.hops[index] as Hop).role)})`;
  return [
    hop.externalId === undefined ? 'No external ID.' : 'An external ID.',
    ...(keys === '' ? [] : [`The session tags ${keys}: they need sts:TagSession.`]),
    ...setters.map((index) => {
      const inheritedKeys = inherited.tags.filter(({ fromHop }) => fromHop === index).map(({ tag }) => tag.key);
      return `The transitive tags ${inheritedKeys.join(', ')}, inherited: ${name(index)} set them, and every later hop needs sts:TagSession for them.`;
    }),
    ...(hop.sourceIdentity === undefined ? [] : ['A source identity: it needs sts:SetSourceIdentity.']),
    ...(hop.sourceIdentity !== undefined || inherited.sourceIdentity === undefined
      ? []
      : [
          `A source identity, inherited: ${name(inherited.sourceIdentity.fromHop)} set it, and every later hop needs sts:SetSourceIdentity for it.`,
        ]),
  ];
}

/** What the base identity brought along, where AWS speaks of something that no declared hop set. */
export function baseCarries(stop: FailedTarget): string | undefined {
  switch (stop.hop && weighed(stop, stop.hop).broughtAlong) {
    case 'sts:TagSession':
      return 'No declared hop sets session tags, so the base identity brought transitive tags along. EKS Pod Identity does: it sets six tags of its cluster, and every role behind it needs sts:TagSession.';
    case 'sts:SetSourceIdentity':
      return 'No declared hop sets a source identity, so the base identity brought one along: every role behind it needs sts:SetSourceIdentity.';
    default:
      return undefined;
  }
}

/** Both policies of a signed hop, ready to paste: who is let in, and who may go. */
export function signedSides(stop: FailedTarget, role: RoleArn): readonly Part[] {
  const { hop, caller, sessions } = stop;
  if (hop === undefined) {
    return [];
  }
  const before = sessions.at(-1)?.role;
  const it = weighed(stop, hop);
  const principal = caller === undefined ? unknownPrincipal(role) : principalOf(caller, before);
  return [
    heading(`Trust policy of ${role.arn}`),
    paragraph(`In account ${role.accountId}. Add what is missing:`),
    { kind: 'json', value: policyOf(trustStatements(it, principal)) },
    heading(`Permissions policy of ${principal}`),
    paragraph(
      caller === undefined ? 'On the side of the caller:' : `In account ${caller.accountId}. Add what is missing:`,
    ),
    { kind: 'json', value: policyOf(callerStatements([{ ...it, roleArn: role.arn }])) },
    ...titled('points', 'Good to know:', [
      ...accountsNote(stop, role),
      ...(caller?.kind === 'assumed-role' && before === undefined
        ? [
            "AWS leaves a role's path out of its session's name. If the calling role lies under a path, write it before the name.",
          ]
        : []),
      ...(it.hop.sourceIdentity !== undefined
        ? [
            'The condition accepts the source identity of this run only. Where it differs from run to run, use StringLike and a pattern.',
          ]
        : []),
    ]),
  ];
}

/** What the job's token says, and the trust policy that accepts exactly this job. */
export function tokenSides({ target: { base }, claims }: FailedTarget, role: RoleArn): readonly Part[] {
  if (base.kind === 'saml') {
    return trust(role, [samlStatement(base.providerArn)]);
  }
  const { iss, aud, sub } = claims ?? {};
  const audience = [aud].flat()[0];
  if (claims === undefined) {
    return [paragraph('The token could not be read, so what it says cannot be shown.')];
  }
  const said: readonly Part[] = [
    paragraph('What the token says (the token itself is never shown):'),
    ...facts(shownClaims(claims)),
  ];
  if (typeof iss !== 'string' || typeof sub !== 'string' || typeof audience !== 'string') {
    return said;
  }
  const other = otherSubject(claims);
  return [
    ...said,
    paragraph(subjectNote(claims, sub, other)),
    ...trust(role, [webIdentityStatement(role, { issuer: iss, audience, subjects: [sub] })]),
    ...(other === undefined
      ? []
      : [paragraph(`To accept both forms, write a list under sub: ${JSON.stringify([sub, other])}`)]),
  ];
}

function trust(role: RoleArn, statements: Parameters<typeof policyOf>[0]): readonly Part[] {
  return [
    heading(`Trust policy of ${role.arn}`),
    paragraph(`In account ${role.accountId}. This accepts exactly this caller:`),
    { kind: 'json', value: policyOf(statements) },
  ];
}

function subjectNote({ iss, repository }: Claims, sub: string, other: string | undefined): string {
  if (!sub.startsWith('repo:')) {
    return "Its sub is of another make than GitHub's own.";
  }
  const separator = idSeparator(iss);
  const hasIds = isImmutableSubject(sub) || (separator === '-' && !sub.startsWith(`repo:${repository}:`));
  if (hasIds) {
    return `Its sub has the ${separator === '-' ? 'newer' : 'immutable'} form, with the numbers of owner and repository. A trust policy written for the classic form${other === undefined ? '' : ` (${other})`} does not match it.`;
  }
  return `Its sub has the classic form.${separator === undefined ? '' : newerForm[separator]}`;
}

const newerForm: Readonly<Record<IdSeparator, string>> = {
  '@': ' Repositories made, renamed or transferred since 15 July 2026, and those that opted in, have the immutable form, with the numbers of owner and repository.',
  '-': ' Newer Forgejo versions add the numbers of owner and repository to the subjects of new repositories.',
};

function accountsNote({ caller }: FailedTarget, role: RoleArn): readonly string[] {
  if (caller === undefined) {
    return ['Across accounts both policies are needed.'];
  }
  return caller.accountId === role.accountId
    ? [
        `Both lie in account ${role.accountId}: a trust policy that names the caller itself is enough; where it names the account (root), the caller needs its own policy too.`,
      ]
    : [`The two lie in different accounts (${caller.accountId} and ${role.accountId}): both policies are needed.`];
}

/** An action that AWS names and no declared hop explains is needed for what the base identity brought along. */
function weighed({ target, sessions, failure }: FailedTarget, hop: Hop): WeighedHop {
  const it = { hop, inherited: inheritedAt(target.hops, sessions.length) };
  const named = /sts:(?:TagSession|SetSourceIdentity)/.exec(failure.message)?.[0];
  return named === undefined || usedActions(it).includes(named) ? it : { ...it, broughtAlong: named };
}

function unknownPrincipal({ partition }: RoleArn): string {
  return `arn:${partition}:iam::ACCOUNT-OF-THE-CALLER:role/NAME-OF-THE-CALLER`;
}
