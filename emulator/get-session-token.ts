import { accessDenied } from './aws-error.js';
import { checkRegion } from './disabled-regions.js';
import { credentialsElement } from './issue-session.js';
import { checkMfa } from './mfa.js';
import { type Call, signer } from './operation.js';
import type { XmlElement } from './query-xml.js';
import type { Realm } from './realm.js';

const defaultSeconds = 43200;
const rootSeconds = 3600;

/** GetSessionToken: only long-term keys may call it; https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
export function getSessionToken(realm: Realm, call: Call): readonly XmlElement[] {
  const caller = signer(call);
  if (caller.session !== undefined) throw accessDenied('Cannot call GetSessionToken with session credentials');
  checkRegion(realm, caller.accountId, call.region);
  const asked = call.parameters.durationSeconds ?? defaultSeconds;
  // For the root user AWS documents a silent limit instead of a refusal.
  const seconds = caller.kind === 'root' ? Math.min(asked, rootSeconds) : asked;
  const now = realm.clock.now();
  const facts = {
    kind: 'session-token',
    accountId: caller.accountId,
    arn: caller.arn,
    userId: caller.userId,
    issuedAt: now,
    expiresAt: now + seconds * 1000,
    tags: [],
    policies: [],
  } as const;
  const owner = caller.userName === undefined ? {} : { userName: caller.userName };
  const mfa = checkMfa(call.parameters, caller) ? { mfaAt: now } : {};
  return [credentialsElement(realm.sessions.issue({ ...facts, ...owner, ...mfa }))];
}
