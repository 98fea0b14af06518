import { compactVerify, exportJWK, generateKeyPair, type JSONWebKeySet, type JWTPayload, SignJWT } from 'jose';

/** The issuer's RS256 key. */
export interface SigningKey {
  sign(claims: JWTPayload): Promise<string>;
  /** Whether this key signed the token. Does not check claims. */
  verify(token: string): Promise<boolean>;
  jwks(): Promise<JSONWebKeySet>;
}

const keyId = 'emulator-1';

let pair: ReturnType<typeof generateKeyPair> | undefined;

/** The 2048-bit RSA key of this process, generated on first use: the emulators of a process stand for one issuer. */
function keys(): ReturnType<typeof generateKeyPair> {
  pair ??= generateKeyPair('RS256', { modulusLength: 2048 });
  return pair;
}

/** Signs and verifies ID tokens with the key of this process. */
export function createSigningKey(): SigningKey {
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
