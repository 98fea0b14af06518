import type { JWTPayload } from 'jose';
import { expiredIdToken, invalidIdentityToken, verificationKeyText } from '../wire/aws-error.js';
import { iamArn } from '../world/arn.js';
import type { WorldDocument } from '../world/world.js';
import { decodeIdToken, notAJwt } from './decode-id-token.js';
import type { SigningKey } from './signing-key.js';

/** A token that STS accepts, with the provider that trusts its issuer. */
export interface VerifiedToken {
  readonly claims: JWTPayload;
  /** The ARN of the OIDC provider. */
  readonly provider: string;
  /** The issuer without its scheme, the prefix of its condition keys. */
  readonly host: string;
  readonly audience: string;
}

/** What a token is verified against. */
export interface TokenVerifier {
  readonly world: WorldDocument;
  readonly signingKey: SigningKey;
  /** The time in milliseconds since 1970. */
  readonly now: number;
}

/** Verifies an ID token for an account as STS does; throws an AwsError. */
export async function verifyIdToken(
  token: string,
  accountId: string,
  { world, signingKey, now }: TokenVerifier,
): Promise<VerifiedToken> {
  const claims = decodeIdToken(token);
  const issuer = claims.iss ?? '';
  const host = hostOf(issuer);
  const providers = world.accounts[accountId]?.oidcProviders ?? [];
  const provider = providers.find(({ url }) => hostOf(url) === host);
  if (provider === undefined) {
    throw invalidIdentityToken(`No OpenIDConnect provider found in your account for ${issuer}`);
  }
  if (!(await signingKey.verify(token))) {
    throw invalidIdentityToken(verificationKeyText);
  }
  const seconds = Math.floor(now / 1000);
  if (seconds >= (claims.exp ?? 0)) {
    throw expiredIdToken(seconds, claims.exp ?? 0);
  }
  if (seconds < (claims.nbf ?? 0)) {
    throw notAJwt();
  }
  const audience = [claims.aud ?? []].flat().find((name) => provider.clientIds.includes(name));
  if (audience === undefined) {
    throw invalidIdentityToken('Incorrect token audience');
  }
  return { claims, provider: iamArn(world, accountId, `oidc-provider/${host}`), host, audience };
}

/** A URL without its scheme and last slash. */
function hostOf(url: string): string {
  return url.replace(/^https:\/\//, '').replace(/\/$/, '');
}
