import type { SigningKey } from '../tokens/signing-key.js';
import { type HttpReply, jsonReply } from '../wire/http-message.js';
import type { Emulator } from './emulator.js';

/** Answers requests for the issuer's public documents: the JWKS and the OpenID configuration. */
export async function answerIssuer(emulator: Emulator, key: SigningKey, path: string): Promise<HttpReply | undefined> {
  if (path === '/.well-known/jwks') {
    return jsonReply(200, await key.jwks());
  }
  if (path !== '/.well-known/openid-configuration') {
    return undefined;
  }
  return jsonReply(200, {
    issuer: emulator.issuer,
    jwks_uri: `${emulator.url}/.well-known/jwks`,
    id_token_signing_alg_values_supported: ['RS256'],
  });
}
