import { isAboutToExpire } from '../domain/chain/about-to-expire.js';
import type { AssumedRole } from '../domain/chain/assumed-role.js';
import type { Credentials } from '../domain/identifiers/credentials.js';
import { sinceStart } from '../process/clock.js';

/**
 * Returns a function that gives the credentials of a session which several hops share. In a long walk, the session may
 * be about to expire; it is then created again, once for all hops.
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
    if (!isAboutToExpire(made.session.secondsLeft, sinceStart() - made.at)) {
      return made.session.credentials;
    }
    renewing ??= renew();
    return renewing;
  };
}
