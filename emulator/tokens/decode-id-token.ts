import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import { type AwsError, invalidIdentityToken } from '../wire/aws-error.js';
import { areReadable } from './token-claims.js';

/** AWS's answer to a token that it cannot decode. */
export function notAJwt(): AwsError {
  return invalidIdentityToken(
    'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
  );
}

/** The claims of an ID token, not verified. Throws InvalidIdentityToken when STS could not decode it. */
export function decodeIdToken(token: string): JWTPayload {
  const claims = decodeParts(token);
  if (claims === undefined || !areReadable(claims)) {
    throw notAJwt();
  }
  return claims;
}

function decodeParts(token: string): JWTPayload | undefined {
  try {
    return decodeProtectedHeader(token).alg === undefined ? undefined : decodeJwt(token);
  } catch {
    return undefined;
  }
}
