import { compactVerify, exportJWK, generateKeyPair, type JSONWebKeySet, type JWTPayload, SignJWT } from 'jose';

/** The issuer's RS256 key; generated on first use. */
export interface SigningKey {
  sign(claims: JWTPayload): Promise<string>;
  /** Whether this key signed the token. Does not check claims. */
  verify(token: string): Promise<boolean>;
  jwks(): Promise<JSONWebKeySet>;
}

const keyId = 'emulator-1';

/** Creates a 2048-bit RSA key for signing ID tokens. */
export function createSigningKey(): SigningKey {
  let pair: ReturnType<typeof generateKeyPair> | undefined;
  const keys = () => {
    pair ??= generateKeyPair('RS256', { modulusLength: 2048 });
    return pair;
  };
  return {
    async sign(claims) {
      const { privateKey } = await keys();
      return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keyId }).sign(privateKey);
    },
    async verify(token) {
      const { publicKey } = await keys();
      try {
        await compactVerify(token, publicKey, { algorithms: ['RS256'] });
        return true;
      } catch {
        return false;
      }
    },
    async jwks() {
      const { publicKey } = await keys();
      return { keys: [{ ...(await exportJWK(publicKey)), kid: keyId, alg: 'RS256', use: 'sig' }] };
    },
  };
}
