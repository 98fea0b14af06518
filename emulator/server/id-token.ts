import type { StsState } from '../sts/operation.js';
import { jobClaims } from '../tokens/job-claims.js';
import { type HttpReply, type HttpRequest, jsonReply } from '../wire/http-message.js';

/** The path of the ID-token endpoint. GitHub's URL also has a query. */
export const idTokenPath = '/idtoken';

/** The lifetime of the job's request token in milliseconds: 6 h 10 min. */
const requestTokenLife = 370 * 60_000;

/** GitHub's ID-token endpoint of one job. */
export function createIdTokenEndpoint(
  state: StsState,
  requestToken: string,
): (request: HttpRequest) => Promise<HttpReply> {
  const expiresAt = state.clock.now() + requestTokenLife;
  return async (request) => {
    if (request.headers.authorization !== `Bearer ${requestToken}`) {
      return jsonReply(401, { message: 'The request token is missing or wrong.' });
    }
    if (state.clock.now() >= expiresAt) {
      return jsonReply(401, { message: 'The request token has expired.' });
    }
    const audience = new URLSearchParams(request.query).get('audience') ?? undefined;
    const value = await state.signingKey.sign(jobClaims(state.world.job ?? {}, state.clock.now(), audience));
    return jsonReply(200, { count: value.length, value });
  };
}
