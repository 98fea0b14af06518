import { type HttpReply, type HttpRequest, jsonReply } from './http-message.js';
import { jobClaims } from './job-claims.js';
import type { Realm } from './realm.js';

/** Where the job's ID tokens are asked for; the query is part of GitHub's URL. */
export const idTokenPath = '/idtoken';

/** How long the job's request token works, in milliseconds: 6 h 10 min. */
const requestTokenLife = 370 * 60_000;

/** GitHub's ID-token endpoint of one job. */
export function createIdTokenEndpoint(
  realm: Realm,
  requestToken: string,
): (request: HttpRequest) => Promise<HttpReply> {
  const expiresAt = realm.clock.now() + requestTokenLife;
  return async (request) => {
    if (request.headers.authorization !== `Bearer ${requestToken}`) {
      return jsonReply(401, { message: 'The request token is missing or wrong.' });
    }
    if (realm.clock.now() >= expiresAt) return jsonReply(401, { message: 'The request token has expired.' });
    const audience = new URLSearchParams(request.query).get('audience') ?? undefined;
    const value = await realm.signingKey.sign(jobClaims(realm.world.job ?? {}, realm.clock.now(), audience));
    return jsonReply(200, { count: value.length, value });
  };
}
