import type { JWTPayload } from 'jose';
import { claimKeys } from '../iam/request-context.js';
import { assumedRoleUserElement, credentialsElement } from '../session/issue-session.js';
import { combineTags } from '../session/session-tags.js';
import type { SessionTag } from '../session/sessions.js';
import { decodeIdToken, notAJwt } from '../tokens/decode-id-token.js';
import { sourceIdentityClaim, tagsClaim } from '../tokens/token-claims.js';
import { AwsError, invalidIdentityToken, validationError, verificationKeyText } from '../wire/aws-error.js';
import type { XmlElement } from '../wire/query-xml.js';
import { parseRoleArn } from '../world/arn.js';
import { findRole } from '../world/directory.js';
import { actionsOf, authorizeFederated } from './authorize.js';
import { callContext, providerArn } from './call-context.js';
import { sessionSeconds } from './durations.js';
import type { Call, StsState } from './operation.js';
import { closingElements, issueSession } from './role-session.js';

/** AssumeRoleWithWebIdentity; https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export async function assumeRoleWithWebIdentity(state: StsState, call: Call): Promise<readonly XmlElement[]> {
  const { parameters, sourceIp, userAgent, region } = call;
  const roleArn = parameters.required('RoleArn');
  const sessionName = parameters.required('RoleSessionName');
  const target = parseRoleArn(roleArn);
  if (target === undefined) {
    throw validationError('Request ARN is invalid');
  }
  const roleAccountId = target.accountId;
  const token = await verifyToken(state, roleAccountId, parameters.required('WebIdentityToken'));
  const tags = tokenTags(token.claims);
  const sourceIdentity = textClaim(token.claims, sourceIdentityClaim);
  const found = findRole(state.world, roleArn);
  const facts = { roleAccountId, role: found?.role, sessionName, tags, sourceIdentity, region, sourceIp, userAgent };
  const context = callContext(state, undefined, facts, [
    ['aws:FederatedProvider', token.provider],
    ...tags.map((tag) => [`aws:PrincipalTag/${tag.key}`, tag.value] as const),
    ...claimKeys.map((claim) => [`${token.host}:${claim}`, claimValues(token.claims[claim])] as const),
  ]);
  const attempt = { roleArn, role: found?.role, roleAccountId, context };
  const actions = actionsOf('sts:AssumeRoleWithWebIdentity', sourceIdentity, tags.length);
  authorizeFederated(state, { federated: token.provider }, attempt, actions);
  if (found === undefined) {
    throw validationError('Request ARN is invalid');
  }
  const seconds = sessionSeconds(parameters.integer('DurationSeconds'), found.role, false);
  const session = issueSession(state, parameters, {
    found,
    kind: 'web-identity',
    sessionName,
    seconds,
    tags,
    sourceIdentity,
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
  const host = issuer.replace(/^https:\/\//, '').replace(/\/$/, '');
  const providers = state.world.accounts[accountId]?.oidcProviders ?? [];
  const provider = providers.find(({ url }) => url.replace(/^https:\/\//, '').replace(/\/$/, '') === host);
  if (provider === undefined) {
    throw invalidIdentityToken(`No OpenIDConnect provider found in your account for ${issuer}`);
  }
  if (!(await state.signingKey.verify(token))) {
    throw invalidIdentityToken(verificationKeyText);
  }
  const now = Math.floor(state.clock.now() / 1000);
  if (now >= (claims.exp ?? 0)) {
    const text = `Token expired: current date/time ${now} must be before the expiration date/time ${claims.exp ?? 0}`;
    throw new AwsError('ExpiredTokenException', 400, text);
  }
  if (now < (claims.nbf ?? 0)) {
    throw notAJwt();
  }
  const audience = [claims.aud ?? []].flat().find((name) => provider.clientIds.includes(name));
  if (audience === undefined) {
    throw invalidIdentityToken('Incorrect token audience');
  }
  return { claims, provider: providerArn(state, accountId, 'oidc-provider', host), host, audience };
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
