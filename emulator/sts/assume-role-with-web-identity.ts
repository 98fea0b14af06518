import type { JWTPayload } from 'jose';
import { claimKeys } from '../policy-language/condition-keys.js';
import { combineTags } from '../session/session-tags.js';
import type { SessionTag } from '../session/sessions.js';
import { sourceIdentityClaim, tagsClaim } from '../tokens/token-claims.js';
import { verifyIdToken } from '../tokens/verify-id-token.js';
import type { XmlElement } from '../wire/query-xml.js';
import { assumeFederatedRole, federatedAccount } from './assume-federated-role.js';
import type { Call, StsState } from './operation.js';
import { assumedRoleUserElement, closingElements, credentialsElement } from './session-elements.js';

/** AssumeRoleWithWebIdentity; https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export async function assumeRoleWithWebIdentity(state: StsState, call: Call): Promise<readonly XmlElement[]> {
  const { parameters } = call;
  const { world, signingKey, clock } = state;
  const verifier = { world, signingKey, now: clock.now() };
  const token = await verifyIdToken(parameters.required('WebIdentityToken'), federatedAccount(call), verifier);
  const session = assumeFederatedRole(state, call, {
    kind: 'web-identity',
    provider: token.provider,
    sessionName: parameters.required('RoleSessionName'),
    tags: tokenTags(token.claims),
    sourceIdentity: textClaim(token.claims, sourceIdentityClaim),
    keys: claimKeys.map((claim) => [`${token.host}:${claim}`, claimValues(token.claims[claim])]),
    durationSeconds: parameters.integer('DurationSeconds'),
  });
  return [
    ['Audience', token.audience],
    assumedRoleUserElement(session),
    ['Provider', token.provider],
    credentialsElement(session),
    ['SubjectFromWebIdentityToken', textClaim(token.claims, 'sub')],
    ...closingElements(parameters, session),
  ];
}

function tokenTags(claims: JWTPayload): SessionTag[] {
  const claim = claims[tagsClaim] as
    | { principal_tags?: Record<string, string | string[]>; transitive_tag_keys?: string[] }
    | undefined;
  const tags = Object.entries(claim?.principal_tags ?? {}).map(([key, value]) => ({
    key,
    value: [value].flat().join(),
  }));
  return combineTags({ tags, transitiveTagKeys: claim?.transitive_tag_keys ?? [] }, []);
}

function textClaim(claims: JWTPayload, name: string): string | undefined {
  const value = claims[name];
  return typeof value === 'string' ? value : undefined;
}

function claimValues(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => item !== undefined && item !== null).map(String);
}
