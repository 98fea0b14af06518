import { type Credentials, leastLeftMs } from '../identifiers/credentials.js';
import { timeText } from '../identifiers/timestamp.js';
import { tryJson } from '../input/try-json.js';
import { isText } from './plan.js';
import type { ProcessCredentials } from './process-credentials.js';

/** The cached session of a refresh plan. */
export interface SessionCache {
  readonly id: string;
  readonly credentials: Omit<Credentials, 'expiration'>;
  /** RFC 3339, UTC. */
  readonly expiration: string;
}

/** Parses a cache; undefined if it is invalid or incomplete. */
export function parseCache(text: string): SessionCache | undefined {
  const cache = tryJson(text) as Partial<SessionCache> | null | undefined;
  const { accessKeyId, secretAccessKey, sessionToken } = cache?.credentials ?? {};
  const texts = [cache?.id, cache?.expiration, accessKeyId, secretAccessKey, sessionToken];
  return texts.every(isText) ? (cache as SessionCache) : undefined;
}

/** Returns the output for a tool from a cache; undefined if the cache belongs to another plan, or expires too soon. */
export function servedFromCache(
  cache: SessionCache | undefined,
  id: string,
  now: number,
): ProcessCredentials | undefined {
  if (cache === undefined || cache.id !== id || !(Date.parse(cache.expiration) - now >= leastLeftMs)) {
    return undefined;
  }
  const { accessKeyId, secretAccessKey, sessionToken } = cache.credentials;
  return {
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    ...(sessionToken !== undefined && { SessionToken: sessionToken }),
    Expiration: cache.expiration,
  };
}

/** Makes the cache of a new session. */
export function sessionCache(
  id: string,
  { expiration, ...credentials }: Credentials & { readonly expiration: Date },
): SessionCache {
  return { id, credentials, expiration: timeText(expiration) };
}
