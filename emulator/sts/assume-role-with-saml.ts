import { createHash } from 'node:crypto';
import type { ContextEntry } from '../policy-language/request-context.js';
import type { EmulatorState } from '../session/emulator-state.js';
import { combineTags } from '../session/session-tags.js';
import type { Session, SessionTag } from '../session/sessions.js';
import { type Assertion, readAssertion } from '../tokens/read-assertion.js';
import { AwsError, invalidIdentityToken } from '../wire/aws-error.js';
import type { XmlElement } from '../wire/query-xml.js';
import { iamArn } from '../world/arn.js';
import { assumeFederatedRole, federatedAccount } from './assume-federated-role.js';
import type { Call } from './operation.js';
import { assumedRoleUserElement, closingElements, credentialsElement } from './session-elements.js';

/**
 * AssumeRoleWithSAML with unsigned assertions;
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html
 */
export function assumeRoleWithSaml(state: EmulatorState, call: Call): readonly XmlElement[] {
  const { parameters } = call;
  const provider = parameters.required('PrincipalArn');
  const assertion = verifyAssertion(state, call, federatedAccount(call));
  const session = assumeFederatedRole(state, call, {
    kind: 'saml',
    provider,
    sessionName: first(assertion, 'RoleSessionName') ?? '',
    tags: assertionTags(assertion),
    sourceIdentity: first(assertion, 'SourceIdentity'),
    keys: assertionKeys(assertion, provider),
    durationSeconds: parameters.integer('DurationSeconds') ?? declaredDuration(assertion),
    endsBefore: assertion.sessionNotOnOrAfter,
  });
  return [...resultElements(assertion, session, provider), ...closingElements(parameters, session)];
}

function resultElements(assertion: Assertion, session: Session, provider: string): XmlElement[] {
  return [
    ['Audience', assertion.audience],
    assumedRoleUserElement(session),
    credentialsElement(session),
    ['Subject', assertion.subject],
    ['NameQualifier', nameQualifier(assertion, provider)],
    ['SubjectType', assertion.subjectType],
    ['Issuer', assertion.issuer],
  ];
}

function assertionKeys(assertion: Assertion, provider: string): readonly ContextEntry[] {
  return [
    ['saml:aud', assertion.audience],
    ['saml:iss', assertion.issuer],
    ['saml:sub', assertion.subject],
    ['saml:sub_type', assertion.subjectType],
    ['saml:namequalifier', nameQualifier(assertion, provider)],
    ['saml:doc', documentName(provider)],
  ];
}

// AWS's NameQualifier: the SHA-1 hash of issuer, account ID and provider name, in base64.
function nameQualifier(assertion: Assertion, provider: string): string {
  return createHash('sha1')
    .update(`${assertion.issuer}${documentName(provider)}`)
    .digest('base64');
}

function documentName(provider: string): string {
  return `${provider.split(':')[4]}/${provider.slice(provider.indexOf('/') + 1)}`;
}

function verifyAssertion(state: EmulatorState, { parameters }: Call, accountId: string): Assertion {
  const roleArn = parameters.required('RoleArn');
  const provider = parameters.required('PrincipalArn');
  const assertion = readAssertion(parameters.required('SAMLAssertion'));
  if (assertion === undefined || !hasReadableTimes(assertion)) {
    throw invalidIdentityToken('Your request included an invalid SAML response.');
  }
  const providers = state.world.accounts[accountId]?.samlProviders ?? [];
  if (!providers.some(({ name }) => iamArn(state.world, accountId, `saml-provider/${name}`) === provider)) {
    throw invalidIdentityToken("Specified provider doesn't exist");
  }
  if (state.clock.now() >= assertion.notOnOrAfter) {
    throw new AwsError('ExpiredTokenException', 400, 'Token must be redeemed within 5 minutes of issuance');
  }
  // AWS accepts the two ARNs of a Role value in either order.
  const pairs = (assertion.attributes.get('Role') ?? []).map((value) => value.split(',').map((part) => part.trim()));
  if (!pairs.some((pair) => pair.includes(roleArn) && pair.includes(provider))) {
    throw invalidIdentityToken('Your request included an invalid SAML response.');
  }
  if (!/^[\w+=,.@-]{2,64}$/.test(first(assertion, 'RoleSessionName') ?? '')) {
    throw invalidIdentityToken('RoleSessionName is required in AuthnResponse');
  }
  return assertion;
}

function hasReadableTimes(assertion: Assertion): boolean {
  const { notOnOrAfter, sessionNotOnOrAfter = 0 } = assertion;
  return [notOnOrAfter, sessionNotOnOrAfter, declaredDuration(assertion) ?? 0].every(Number.isInteger);
}

function assertionTags(assertion: Assertion): SessionTag[] {
  const prefix = 'PrincipalTag:';
  const tags = [...assertion.attributes]
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, values]) => ({ key: name.slice(prefix.length), value: values[0] ?? '' }));
  return combineTags({ tags, transitiveTagKeys: assertion.attributes.get('TransitiveTagKeys') ?? [] }, []);
}

function declaredDuration(assertion: Assertion): number | undefined {
  const text = first(assertion, 'SessionDuration');
  return text === undefined ? undefined : Number(text);
}

function first(assertion: Assertion, name: string): string | undefined {
  return assertion.attributes.get(name)?.[0];
}
