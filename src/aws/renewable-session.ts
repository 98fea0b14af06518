import type { AssumedRole } from '../domain/chain/assumed-role.js';
import { isNearEnd } from '../domain/chain/near-end.js';
import type { Credentials } from '../domain/iam/credentials.js';
import { sinceStart } from '../process/clock.js';

/**
 * The credentials of a session that several hops share. If it is about to expire, it is created again, once for all
 * callers: a long walk is the only case in which a hop is repeated.
 */
export function renewable(first: AssumedRole, make: () => Promise<AssumedRole>): () => Promise<Credentials> {
  let made = { session: first, at: sinceStart() };
  let renewing: Promise<Credentials> | undefined;
  const renew = async () => {
    try {
      const session = await make();
      made = { session, at: sinceStart() };
      return session.credentials;
    } finally {
      renewing = undefined;
    }
  };
  return async () => {
    if (!isNearEnd(made.session.secondsLeft, sinceStart() - made.at)) {
      return made.session.credentials;
    }
    renewing ??= renew();
    return renewing;
  };
}
