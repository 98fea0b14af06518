import type { JWTPayload } from 'jose';
import { claimKeys } from '../policy-language/condition-keys.js';
import { combineTags } from '../session/session-tags.js';
import type { SessionTag } from '../session/sessions.js';
import { decodeIdToken, notAJwt } from '../tokens/decode-id-token.js';
import { sourceIdentityClaim, tagsClaim } from '../tokens/token-claims.js';
import { expiredIdToken, invalidIdentityToken, verificationKeyText } from '../wire/aws-error.js';
import type { XmlElement } from '../wire/query-xml.js';
import { iamArn } from '../world/arn.js';
import { assumeFederatedRole, federatedAccount } from './assume-federated-role.js';
import type { Call, StsState } from './operation.js';
import { assumedRoleUserElement, closingElements, credentialsElement } from './session-elements.js';

/** AssumeRoleWithWebIdentity; https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export async function assumeRoleWithWebIdentity(state: StsState, call: Call): Promise<readonly XmlElement[]> {
  const { parameters } = call;
  const token = await verifyToken(state, federatedAccount(call), parameters.required('WebIdentityToken'));
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

interface VerifiedToken {
  readonly claims: JWTPayload;
  readonly provider: string;
  /** The issuer without its scheme, the prefix of its condition keys. */
  readonly host: string;
  readonly audience: string;
}

async function verifyToken(state: StsState, accountId: string, token: string): Promise<VerifiedToken> {
  const claims = decodeIdToken(token);
  const issuer = claims.iss ?? '';
  const host = hostOf(issuer);
  const providers = state.world.accounts[accountId]?.oidcProviders ?? [];
  const provider = providers.find(({ url }) => hostOf(url) === host);
  if (provider === undefined) {
    throw invalidIdentityToken(`No OpenIDConnect provider found in your account for ${issuer}`);
  }
  if (!(await state.signingKey.verify(token))) {
    throw invalidIdentityToken(verificationKeyText);
  }
  const now = Math.floor(state.clock.now() / 1000);
  if (now >= (claims.exp ?? 0)) {
    throw expiredIdToken(now, claims.exp ?? 0);
  }
  if (now < (claims.nbf ?? 0)) {
    throw notAJwt();
  }
  const audience = [claims.aud ?? []].flat().find((name) => provider.clientIds.includes(name));
  if (audience === undefined) {
    throw invalidIdentityToken('Incorrect token audience');
  }
  return { claims, provider: iamArn(state.world, accountId, `oidc-provider/${host}`), host, audience };
}

/** A URL without its scheme and last slash. */
function hostOf(url: string): string {
  return url.replace(/^https:\/\//, '').replace(/\/$/, '');
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
