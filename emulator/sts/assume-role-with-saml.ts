import { createHash } from 'node:crypto';
import type { ContextEntry } from '../policy-language/request-context.js';
import type { EmulatorState } from '../session/emulator-state.js';
import { combineTags } from '../session/session-tags.js';
import type { Session, SessionTag } from '../session/sessions.js';
import type { Assertion } from '../tokens/read-assertion.js';
import { declaredDuration, firstValue, verifyAssertion } from '../tokens/verify-assertion.js';
import type { XmlElement } from '../wire/query-xml.js';
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
  const assertion = verifyAssertion(parameters.required('SAMLAssertion'), {
    world: state.world,
    accountId: federatedAccount(call),
    roleArn: parameters.required('RoleArn'),
    provider,
    now: state.clock.now(),
  });
  const session = assumeFederatedRole(state, call, {
    kind: 'saml',
    provider,
    sessionName: firstValue(assertion, 'RoleSessionName') ?? '',
    tags: assertionTags(assertion),
    sourceIdentity: firstValue(assertion, 'SourceIdentity'),
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

function assertionTags(assertion: Assertion): SessionTag[] {
  const prefix = 'PrincipalTag:';
  const tags = [...assertion.attributes]
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, values]) => ({ key: name.slice(prefix.length), value: values[0] ?? '' }));
  return combineTags({ tags, transitiveTagKeys: assertion.attributes.get('TransitiveTagKeys') ?? [] }, []);
}
