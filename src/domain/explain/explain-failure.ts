import type { CallFailure } from '../calls/call-failure.js';
import type { Hop } from '../chain/hop.js';
import type { FailedTarget } from '../chain/outcome.js';
import { issuerHost } from '../id-token/issuer.js';
import { isRoleArn, type RoleArn, roleArn } from '../identifiers/arn.js';
import { isNonEmpty, type NonEmpty } from '../input/non-empty.js';
import { facts, heading, type Part, paragraph, titled } from '../rendering/parts.js';
import { authorizationId } from './authorization-id.js';
import { failurePlace, failureSummary, messageRows, whoRows } from './call-text.js';
import { tokenParts } from './claims-and-trust-policy.js';
import { type FailureCircumstances, type FailureRow, linesAt } from './failures/failure-row.js';
import type { FailureGroup } from './group-failures.js';
import { matchFailure } from './match-failure.js';
import { missingPolicyParts, sentParts } from './missing-policies.js';

/** What an explanation needs to know of the step. */
export interface StepFacts extends Pick<FailureCircumstances, 'hasIdToken'> {
  /** Removes the walk's secrets from a text. */
  readonly scrub: (text: string) => string;
}

/** The explanation of one group of failures. */
export interface FailureStory {
  readonly title: string;
  /** The text of the annotation. */
  readonly summary: string;
  /** The text for log and job summary; begins with a heading. */
  readonly parts: readonly Part[];
}

/** Explains one failed call, or calls that failed in the same way. */
export function explainFailure(group: FailureGroup, step: StepFacts): FailureStory {
  const [[failed]] = group;
  const { failure, hop } = failed;
  const row = matchFailure(failure);
  const place = failurePlace(group);
  const title = `${place}: ${row.title}`;
  const roles = group.flatMap(([first]) => (first.hop === undefined ? [] : (targetRole(first.hop, first) ?? [])));
  const at: FailureCircumstances = {
    hasIdToken: step.hasIdToken,
    caller: proofOf(failed),
    namesRole: failed.target.hops.length > 0,
    roleCount: roles.length,
  };
  const causes = linesAt(row.causes, at);
  const parts = [
    heading(title),
    ...linkPart(failure),
    ...facts([...whoRows(group, roles), ...messageRows(failure)]),
    ...namesPart(group),
    ...(hop !== undefined && row.shows === 'policies' ? sentParts(failed) : []),
    ...notePart(row, failure),
    ...titled('steps', causes.length === 1 ? 'Likely cause:' : 'Likely causes, in order:', causes),
    ...titled('points', 'What to do:', [
      ...authorizationFix(failure),
      ...linesAt(row.fixes, at).map((fix) => filled(fix, failed, roles)),
    ]),
    ...(isNonEmpty(roles) ? adviceParts(row, failed, roles) : []),
  ];
  return { title: `${title} (${failure.code})`, summary: failureSummary(group, place, roles), parts };
}

function adviceParts({ shows }: FailureRow, failed: FailedTarget, roles: NonEmpty<RoleArn>): readonly Part[] {
  switch (shows) {
    case 'policies':
      return missingPolicyParts(failed, roles);
    case 'token':
      return tokenParts(failed, roles);
    default:
      return [];
  }
}

/** What the failed call used to prove its caller: a session, or the kind of base identity. */
function proofOf({ sessions, target }: FailedTarget): FailureCircumstances['caller'] {
  const { base } = target;
  if (sessions.length > 0) {
    return 'session';
  }
  return base.kind === 'default-chain' && base.origin.kind === 'environment' ? 'Environment' : base.kind;
}

/** The role of a hop. A role without an account is in the caller's account. */
function targetRole({ role }: Hop, { caller }: FailedTarget): RoleArn | undefined {
  if (isRoleArn(role)) {
    return role;
  }
  return caller && roleArn(caller.partition, caller.accountId, role);
}

function linkPart(failure: CallFailure): readonly Part[] {
  const link = authorizationId(failure)?.link;
  return link === undefined ? [] : [{ kind: 'link', title: 'AWS explains this denial', address: new URL(link) }];
}

/** The names of the targets, if the heading only counts them. */
function namesPart(group: FailureGroup): readonly Part[] {
  const names = group.flat().flatMap(({ target }) => target.name ?? []);
  return names.length > 1 ? [{ kind: 'fold', title: `The ${names.length} targets`, lines: names }] : [];
}

function notePart({ note }: FailureRow, failure: CallFailure): readonly Part[] {
  const authorization = authorizationId(failure);
  if (authorization !== undefined) {
    return [
      paragraph(`The ${authorization.link === undefined ? 'authorization ID' : 'link'} names the check that failed.`),
    ];
  }
  return note === undefined ? [] : [paragraph(note)];
}

function authorizationFix(failure: CallFailure): readonly string[] {
  const authorization = authorizationId(failure);
  const command = `aws iam-toolbox get-request-authorization-details --authorization-id ${authorization?.id}`;
  return authorization === undefined
    ? []
    : [
        `First ${authorization.link === undefined ? 'run' : 'open the AWS link above, or run'} ${command}. It shows which policy and which Condition decided. It works for at least 24 hours, for a principal with iam:GetRequestAuthorizationDetails in the account or the organization of the caller.`,
      ];
}

/** Fills the placeholders of a fix (`<iss>`, `<role>`) with the hop's values; one that differs between roles stays. */
function filled(fix: string, { claims, failure }: FailedTarget, roles: readonly RoleArn[]): string {
  const iss = text(claims?.iss);
  const accounts = new Set(roles.map(({ partition, accountId }) => `arn:${partition}:iam::${accountId}`));
  const [account] = accounts;
  const provider = iss !== undefined && accounts.size === 1 ? `${account}:oidc-provider/${issuerHost(iss)}` : undefined;
  const names = new Set(roles.map(({ name }) => name));
  const role = names.size === 1 && failure.operation !== 'GetIdToken' ? [...names][0] : undefined;
  const known = { iss, aud: text([claims?.aud].flat()[0]), provider, role };
  return fix.replace(/<(iss|aud|provider|role)>/g, (whole, name: keyof typeof known) => known[name] ?? whole);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && /^[!-~]+$/.test(value) ? value : undefined;
}
