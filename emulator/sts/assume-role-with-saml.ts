import { createHash } from 'node:crypto';
import type { EmulatorState } from '../session/emulator-state.js';
import { assumedRoleUserElement, credentialsElement } from '../session/issue-session.js';
import { combineTags } from '../session/session-tags.js';
import type { Session, SessionTag } from '../session/sessions.js';
import { type ReadAssertion, readAssertion } from '../tokens/saml-assertion.js';
import { AwsError, invalidIdentityToken, validationError } from '../wire/aws-error.js';
import type { XmlElement } from '../wire/query-xml.js';
import { parseRoleArn } from '../world/arn.js';
import { findRole } from '../world/directory.js';
import { actionsOf, authorizeFederated } from './authorize.js';
import { callContext, providerArn } from './call-context.js';
import { sessionSeconds } from './durations.js';
import type { Call } from './operation.js';
import { closingElements, issueSession } from './role-session.js';

/**
 * AssumeRoleWithSAML with unsigned assertions;
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html
 */
export function assumeRoleWithSaml(state: EmulatorState, call: Call): readonly XmlElement[] {
  const { parameters, sourceIp, userAgent, region } = call;
  const roleArn = parameters.required('RoleArn');
  const principal = parameters.required('PrincipalArn');
  const target = parseRoleArn(roleArn);
  if (target === undefined) {
    throw validationError('Request ARN is invalid');
  }
  const roleAccountId = target.accountId;
  const assertion = verifyAssertion(state, parameters.required('SAMLAssertion'), { roleArn, principal, roleAccountId });
  const tags = assertionTags(assertion);
  const sessionName = first(assertion, 'RoleSessionName') ?? '';
  const sourceIdentity = first(assertion, 'SourceIdentity');
  const found = findRole(state.world, roleArn);
  const facts = { roleAccountId, role: found?.role, sessionName, tags, sourceIdentity, region, sourceIp, userAgent };
  const entries = assertionEntries(assertion, principal, tags);
  const context = callContext(state, undefined, facts, entries);
  const attempt = { roleArn, role: found?.role, roleAccountId, context };
  const actions = actionsOf('sts:AssumeRoleWithSAML', sourceIdentity, tags.length);
  authorizeFederated(state, { federated: principal }, attempt, actions);
  if (found === undefined) {
    throw validationError('Request ARN is invalid');
  }
  const seconds = lifetime(
    state,
    assertion,
    sessionSeconds(parameters.integer('DurationSeconds') ?? declared(assertion), found.role, false),
  );
  const session = issueSession(state, parameters, {
    found,
    kind: 'saml',
    sessionName,
    seconds,
    tags,
    sourceIdentity,
  });
  return [...resultElements(assertion, session, principal), ...closingElements(parameters, session)];
}

function resultElements(assertion: ReadAssertion, session: Session, principal: string): XmlElement[] {
  return [
    ['Audience', assertion.audience],
    assumedRoleUserElement(session),
    credentialsElement(session),
    ['Subject', assertion.subject],
    ['NameQualifier', nameQualifier(assertion, principal)],
    ['SubjectType', assertion.subjectType],
    ['Issuer', assertion.issuer],
  ];
}

function assertionEntries(
  assertion: ReadAssertion,
  principal: string,
  tags: readonly SessionTag[],
): (readonly [string, string])[] {
  return [
    ['aws:FederatedProvider', principal],
    ['saml:aud', assertion.audience],
    ['saml:iss', assertion.issuer],
    ['saml:sub', assertion.subject],
    ['saml:sub_type', assertion.subjectType],
    ['saml:namequalifier', nameQualifier(assertion, principal)],
    ['saml:doc', documentName(principal)],
    ...tags.map((tag) => [`aws:PrincipalTag/${tag.key}`, tag.value] as const),
  ];
}

// AWS's NameQualifier: the SHA-1 hash of issuer, account ID and provider name, in base64.
function nameQualifier(assertion: ReadAssertion, principal: string): string {
  return createHash('sha1')
    .update(`${assertion.issuer}${documentName(principal)}`)
    .digest('base64');
}

function documentName(principal: string): string {
  return `${principal.split(':')[4]}/${principal.slice(principal.indexOf('/') + 1)}`;
}

function verifyAssertion(
  state: EmulatorState,
  base64: string,
  { roleArn, principal, roleAccountId: accountId }: Readonly<Record<'roleArn' | 'principal' | 'roleAccountId', string>>,
): ReadAssertion {
  const assertion = readAssertion(base64);
  if (assertion === undefined || !hasReadableTimes(assertion)) {
    throw invalidIdentityToken('Your request included an invalid SAML response.');
  }
  const providers = state.world.accounts[accountId]?.samlProviders ?? [];
  if (!providers.some(({ name }) => providerArn(state, accountId, 'saml-provider', name) === principal)) {
    throw invalidIdentityToken("Specified provider doesn't exist");
  }
  if (state.clock.now() >= assertion.notOnOrAfter) {
    throw new AwsError('ExpiredTokenException', 400, 'Token must be redeemed within 5 minutes of issuance');
  }
  // AWS accepts the two ARNs of a Role value in either order.
  const pairs = (assertion.attributes.get('Role') ?? []).map((value) => value.split(',').map((part) => part.trim()));
  if (!pairs.some((pair) => pair.includes(roleArn) && pair.includes(principal))) {
    throw invalidIdentityToken('Your request included an invalid SAML response.');
  }
  if (!/^[\w+=,.@-]{2,64}$/.test(first(assertion, 'RoleSessionName') ?? '')) {
    throw invalidIdentityToken('RoleSessionName is required in AuthnResponse');
  }
  return assertion;
}

function hasReadableTimes(assertion: ReadAssertion): boolean {
  const { notOnOrAfter, sessionNotOnOrAfter = 0 } = assertion;
  return [notOnOrAfter, sessionNotOnOrAfter, declared(assertion) ?? 0].every(Number.isInteger);
}

function assertionTags(assertion: ReadAssertion): SessionTag[] {
  const prefix = 'PrincipalTag:';
  const tags = [...assertion.attributes]
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, values]) => ({ key: name.slice(prefix.length), value: values[0] ?? '' }));
  return combineTags({ tags, transitiveTagKeys: assertion.attributes.get('TransitiveTagKeys') ?? [] }, []);
}

function declared(assertion: ReadAssertion): number | undefined {
  const text = first(assertion, 'SessionDuration');
  return text === undefined ? undefined : Number(text);
}

function lifetime(state: EmulatorState, assertion: ReadAssertion, seconds: number): number {
  const end = assertion.sessionNotOnOrAfter;
  return end === undefined ? seconds : Math.min(seconds, Math.floor((end - state.clock.now()) / 1000));
}

function first(assertion: ReadAssertion, name: string): string | undefined {
  return assertion.attributes.get(name)?.[0];
}
