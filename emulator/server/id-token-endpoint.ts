import type { StsState } from '../sts/operation.js';
import { jobClaims } from '../tokens/job-claims.js';
import { type Endpoint, jsonReply } from '../wire/http-message.js';

/** The path of the ID-token endpoint. GitHub's URL also has a query. */
export const idTokenPath = '/idtoken';

/** The lifetime of the job's request token: 6 h 10 min. */
const requestTokenLifeMs = 370 * 60_000;

/** GitHub's ID-token endpoint of one job. */
export function createIdTokenEndpoint(state: StsState, requestToken: string): Endpoint {
  const expiresAt = state.clock.now() + requestTokenLifeMs;
  return async (request) => {
    if (request.path !== idTokenPath) {
      return undefined;
    }
    if (request.headers.authorization !== `Bearer ${requestToken}`) {
      return jsonReply(401, { message: 'The request token is missing or wrong.' });
    }
    if (state.clock.now() >= expiresAt) {
      return jsonReply(401, { message: 'The request token has expired.' });
    }
    const audience = new URLSearchParams(request.query).get('audience') ?? undefined;
    const value = await state.signingKey.sign(jobClaims(state.world.job ?? {}, state.clock.now(), { audience }));
    return jsonReply(200, { count: value.length, value });
  };
}
